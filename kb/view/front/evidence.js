// Links to statements of the same article, and to other pages of the app ("./"), are followed without loading it anew.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  if (root.matches(".workspace")) fillWindow(root, 380)
  if (show(root, data.trees)) root.scrollTop = 0
  root.onclick = (event) => {
    const link = event.target.closest('[data-statement], a[href^="./"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (link.dataset.statement) setTriggerValue("chosen", link.dataset.statement)
    else setTriggerValue("opened", link.getAttribute("href"))
  }
}
