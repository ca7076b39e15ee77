export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  if (root.matches(".workspace")) fillWindow(root, 380)
  if (show(root, data.trees)) root.scrollTop = 0
  root.onclick = (event) => {
    const statement = event.target.closest("[data-statement]")
    if (!statement || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    setTriggerValue("chosen", statement.dataset.statement)
  }
}
