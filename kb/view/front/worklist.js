// What to mend first; a search is copied as text.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false  // not served over https, or not allowed: the text is chosen instead
  }
}

async function copy(search) {
  const query = search.querySelector(".query")
  const done = await copied(query.textContent)
  if (!done) getSelection().selectAllChildren(query)
  search.querySelector(".copied").textContent = done ? "Copied." : "Chosen: copy it with your keyboard."
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  show(root, data.trees)
  root.onclick = (event) => {
    const button = event.target.closest('[data-does="copy"]')
    if (button) return copy(button.closest(".search"))
    const way = wayOf(event)
    if (way) setTriggerValue("opened", way)
  }
}
