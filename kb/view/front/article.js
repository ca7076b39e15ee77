const only = (root, filter) => {
  for (const chip of root.querySelectorAll("[data-filter]"))
    chip.setAttribute("aria-pressed", String(chip.dataset.filter === filter))
  for (const statement of root.querySelectorAll(".statement"))
    statement.classList.toggle("dimmed", Boolean(filter) && statement.dataset.verdict !== filter)
}

const select = (root, id) => {
  for (const statement of root.querySelectorAll(".statement")) {
    const chosen = statement.dataset.statement === id
    statement.classList.toggle("selected", chosen)
    if (chosen) statement.setAttribute("aria-current", "true")
    else statement.removeAttribute("aria-current")
  }
}

const step = (root, from, by) => {
  const all = [...root.querySelectorAll(".statement:not(.dimmed)")]
  const next = all[all.indexOf(from) + by]
  if (!next) return
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: "nearest" })
}

// The whole article at a glance: a mark for each line of each statement, where it stands.
const drawStrip = (pane, strip) => {
  const paper = pane.getBoundingClientRect()
  const marks = []
  for (const statement of pane.querySelectorAll(".statement"))
    for (const box of statement.getClientRects()) {
      const mark = document.createElement("i")
      mark.className = `verdict-${statement.dataset.verdict}`
      mark.style.top = `${(100 * (box.top - paper.top + pane.scrollTop)) / pane.scrollHeight}%`
      mark.style.height = `${(80 * box.height) / pane.scrollHeight}%`
      mark.style.left = `${(100 * (box.left - paper.left)) / paper.width}%`
      mark.style.width = `${(100 * box.width) / paper.width}%`
      marks.push(mark)
    }
  strip.replaceChildren(...marks)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  fillWindow(root, 380)
  if (show(root, data.trees)) {
    const article = root.querySelector(".article")
    const reader = build(["div", { class: "reader" }, []])
    const pane = build(["div", { class: "pane" }, []])
    const strip = build(["div", { class: "strip", "aria-hidden": "true" }, []])
    article.replaceWith(reader)
    pane.append(article)
    reader.append(pane, strip)
    new ResizeObserver(() => drawStrip(pane, strip)).observe(article)
    strip.onclick = (event) => {
      const share = (event.clientY - strip.getBoundingClientRect().top) / strip.clientHeight
      pane.scrollTop = share * pane.scrollHeight - pane.clientHeight / 2
    }
  }
  const choose = (statement) => {
    select(root, statement.dataset.statement)
    setTriggerValue("chosen", statement.dataset.statement)
  }
  root.onclick = (event) => {
    const chip = event.target.closest("[data-filter]")
    if (chip) only(root, chip.getAttribute("aria-pressed") === "true" ? "" : chip.dataset.filter)
    const statement = event.target.closest(".statement")
    if (!statement || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    choose(statement)
  }
  root.onkeydown = (event) => {
    const statement = event.target.closest(".statement")
    if (!statement || event.ctrlKey || event.metaKey || event.altKey) return
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (event.key === " ") choose(statement)
    else if (by) step(root, statement, by)
    else return
    event.preventDefault()
  }
  const before = root.chosen
  root.chosen = data.chosen
  select(root, data.chosen)
  if (data.chosen && before !== data.chosen)
    root.querySelector(".selected")?.scrollIntoView({ block: "nearest" })
}
