// Links to other pages of the app ("./") are followed without loading it anew.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  show(root, data.trees)
  root.onclick = (event) => {
    const link = event.target.closest('a[href^="./"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    setTriggerValue("opened", link.getAttribute("href"))
  }
}
