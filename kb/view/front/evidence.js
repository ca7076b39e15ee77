// What stands beside the article. The article says what was chosen, and this asks the app for it: the article itself is
// sent once, however many statements are opened.
const pointOut = (root, names) => {
  const cards = [...root.querySelectorAll("[data-names]")]
  const meant = cards.filter((card) => card.dataset.names.split(" ").some((name) => names.includes(name)))
  for (const card of meant) card.classList.add("meant")
  meant[0]?.scrollIntoView({ block: "nearest" })
}

const MOST_TO_OPEN = 3000

// The form stands below all evidence, however long that is; what is in it comes only when it is opened.
const openForm = (column) => {
  const form = column.querySelector("details")
  if (!form) return
  const title = form.querySelector("summary")
  title.focus({ preventScroll: true })
  if (!form.open) title.click()
  const grown = new ResizeObserver(() => {
    column.scrollTop += form.getBoundingClientRect().top - column.getBoundingClientRect().top
  })
  grown.observe(form)
  const stop = () => grown.disconnect() // whoever does something in it must find it where it was
  for (const doing of ["pointerdown", "keydown", "wheel"]) column.addEventListener(doing, stop, { once: true })
  setTimeout(stop, MOST_TO_OPEN)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pane")
  const drawn = root.querySelector(".drawn")
  const column = root.getRootNode().host?.closest(".st-key-beside") ?? root
  root.ask = (wanted) => setTriggerValue("chosen", wanted)
  if (!root.listens) {
    root.listens = true
    Object.assign(column.style, { flex: "none", overflowY: "auto" }) // the form below belongs to it and scrolls with it
    fillWindow(column, 380)
    const asked = (event) => {
      if (!root.isConnected) return document.removeEventListener("kb-choose", asked)
      event.preventDefault()
      root.ask(event.detail)
    }
    document.addEventListener("kb-choose", asked)
  }
  if (show(drawn, data.trees)) {
    column.scrollTop = 0
    root.querySelector(".said-aloud").textContent = data.said
  }
  pointOut(root, data.meant)
  document.dispatchEvent(new CustomEvent("kb-shown", { detail: chosenIn(data) }))
  root.onclick = (event) => {
    if (event.target.closest('[data-does="say"]')) openForm(column)
    const link = event.target.closest('[data-statement], [data-reference], a[href^="./"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const { statement, reference } = link.dataset
    if (statement || reference) root.ask(statement ? { statement } : { reference })
    else setTriggerValue("opened", link.getAttribute("href"))
  }
}
