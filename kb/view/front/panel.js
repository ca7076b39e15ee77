// What is only read.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  show(root, data.trees)
  root.onclick = (event) => {
    const way = wayOf(event)
    if (way) setTriggerValue("opened", way)
  }
}
