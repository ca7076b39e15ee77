// A table, or what stands beside it, in a pane of its own. What is drawn anew keeps the reader's place and focus.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pane")
  const drawn = root.querySelector(".drawn")
  fillWindow(root, 320)
  const at = root.place === data.place ? root.scrollTop : 0
  const focused = root.getRootNode().activeElement?.id
  if (show(drawn, data.trees)) {
    root.place = data.place
    root.scrollTop = at
    if (focused) drawn.querySelector(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true })
    root.querySelector(".said-aloud").textContent = data.said
  }
  root.onclick = (event) => {
    const way = wayOf(event)
    if (way) setTriggerValue("opened", way)
  }
}
