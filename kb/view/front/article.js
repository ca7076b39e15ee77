const OPENED = ".statement, [data-reference]"
const TYPED_INTO = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox]"
const HELD = ["ctrlKey", "metaKey", "altKey"]

// Each statement once: one that is cut by another stands in several pieces.
const statementsOf = (root) => {
  const each = new Map()
  for (const piece of root.querySelectorAll(".statement"))
    if (!each.has(piece.dataset.statement)) each.set(piece.dataset.statement, piece)
  return [...each.values()]
}

const isWhat = ({ dataset }, chosen) =>
  chosen?.statement ? dataset.statement === chosen.statement : Boolean(chosen) && dataset.reference === chosen.reference

const fade = (piece) => piece.classList.toggle("faded", piece.of.classList.contains("dimmed"))

const narrow = (root) => {
  const { verdicts, kind, rules } = root.narrowed
  for (const one of root.querySelectorAll(".statement")) {
    const has = one.dataset
    const fits =
      (!verdicts.size || verdicts.has(has.verdict)) &&
      (!kind || has.kind === kind) &&
      (!rules || (has.rules ?? "").split(" ").includes(rules))
    one.classList.toggle("dimmed", !fits)
  }
  const tools = root.querySelector(".tools")
  if (!tools) return
  for (const chip of tools.querySelectorAll("[data-filter]"))
    chip.setAttribute("aria-pressed", String(verdicts.has(chip.dataset.filter)))
  for (const menu of tools.querySelectorAll("[data-narrow]")) menu.value = root.narrowed[menu.dataset.narrow]
  const all = statementsOf(root)
  const left = all.filter((one) => !one.classList.contains("dimmed")).length
  const isWhole = !verdicts.size && !kind && !rules
  tools.querySelector(".shown").textContent = isWhole ? "" : `${left} of ${all.length} shown`
  tools.querySelector('[data-does="all"]').hidden = isWhole
  for (const name of ["previous", "next"]) tools.querySelector(`[data-does="${name}"]`).disabled = !left
  for (const piece of root.querySelectorAll(".strip i")) fade(piece)
}

// The article is one stop of the tab key; the arrows move inside it.
const makeStop = (root, element) => {
  for (const one of root.querySelectorAll('.article [tabindex="0"]')) one.tabIndex = -1
  if (element) element.tabIndex = 0
}

const mark = (root, chosen) => {
  for (const one of root.querySelectorAll(OPENED)) {
    const is = isWhat(one, chosen)
    one.classList.toggle("selected", is)
    if (is) one.setAttribute("aria-current", "true")
    else one.removeAttribute("aria-current")
  }
  const first = root.querySelector(".selected")
  if (first) makeStop(root, first)
  const copy = root.querySelector('[data-does="copy"]')
  if (copy) copy.disabled = !chosen
  return first
}

const bringIntoView = (element) => {
  const pane = element.closest(".pane").getBoundingClientRect()
  const box = element.getBoundingClientRect()
  if (box.top < pane.top || box.bottom > pane.bottom) element.scrollIntoView({ block: "center" })
}

// The next element after the one that is focused, or else chosen, that is not filtered out.
const beyond = (root, elements, by) => {
  const here = root.getRootNode().activeElement?.closest(".article a") ?? root.querySelector(".selected")
  const ahead = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING
  const left = elements.filter((one) => !one.classList.contains("dimmed"))
  const rest = here ? left.filter((one) => here.compareDocumentPosition(one) & ahead) : left
  return by > 0 ? rest[0] : rest[rest.length - 1]
}

// The whole article at a glance: a mark for each line of each statement, where it stands.
const stripOf = (root, pane, strip) => () => {
  const paper = pane.getBoundingClientRect()
  const marks = []
  for (const statement of pane.querySelectorAll(".statement"))
    for (const box of statement.getClientRects()) {
      const made = document.createElement("i")
      made.className = `verdict-${statement.dataset.verdict}`
      made.of = statement
      fade(made)
      made.style.top = `${(100 * (box.top - paper.top + pane.scrollTop)) / pane.scrollHeight}%`
      made.style.height = `${(80 * box.height) / pane.scrollHeight}%`
      made.style.left = `${(100 * (box.left - paper.left)) / paper.width}%`
      made.style.width = `${(100 * box.width) / paper.width}%`
      marks.push(made)
    }
  strip.replaceChildren(...marks)
}

const layOut = (root) => {
  const article = root.querySelector(".article")
  const reader = build(["div", { class: "reader" }, []])
  const pane = build(["div", { class: "pane" }, []])
  const strip = build(["div", { class: "strip", "aria-hidden": "true" }, []])
  article.replaceWith(reader)
  pane.append(article)
  reader.append(pane, strip)
  for (const link of article.querySelectorAll("a")) link.tabIndex = -1
  makeStop(root, article.querySelector(OPENED))
  root.drawStrip = stripOf(root, pane, strip)
  new ResizeObserver(() => root.drawStrip()).observe(article)
  strip.onclick = (event) => {
    const share = (event.clientY - strip.getBoundingClientRect().top) / strip.clientHeight
    pane.scrollTop = share * pane.scrollHeight - pane.clientHeight / 2
  }
}

const linkTo = (root) => {
  const { verdicts, kind, rules } = root.narrowed
  const link = new URL(location.pathname, location.origin)
  const told = { article: root.article, ...root.chosen, kind, rule: rules }
  for (const [name, value] of Object.entries(told)) if (value) link.searchParams.set(name, value)
  for (const verdict of verdicts) link.searchParams.append("verdict", verdict)
  return link.href
}

const copyLink = async (root) => {
  const told = root.querySelector(".told")
  const link = linkTo(root)
  try {
    await navigator.clipboard.writeText(link)
    told.textContent = "Link copied"
  } catch {
    const field = build(["input", { readonly: "", "aria-label": "Link to copy" }, []])
    field.value = link
    told.replaceChildren(field)
    field.select()
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  fillWindow(root, 380)
  if (root.article !== data.article)
    root.narrowed = { verdicts: new Set(data.verdicts), kind: data.kind ?? "", rules: data.rule ?? "" }
  root.article = data.article
  if (show(root, data.trees)) {
    for (const name of ["kind", "rules"])
      if (!root.querySelector(`[data-narrow="${name}"] [value="${CSS.escape(root.narrowed[name])}"]`))
        root.narrowed[name] = ""
    layOut(root)
    narrow(root)
  }

  const choose = (element, meant = []) => {
    root.chosen = root.asked = chosenIn(element.dataset)
    mark(root, root.chosen)
    const detail = { ...root.chosen, meant }
    const asking = new CustomEvent("kb-choose", { detail, cancelable: true })
    if (document.dispatchEvent(asking)) setTriggerValue("chosen", detail)
  }
  const open = (by) => {
    const next = beyond(root, statementsOf(root), by)
    if (!next) return
    choose(next)
    bringIntoView(next)
    return next
  }
  root.does = {
    next: () => open(1),
    previous: () => open(-1),
    copy: () => copyLink(root),
    all: () => {
      root.narrowed = { verdicts: new Set(), kind: "", rules: "" }
      narrow(root)
    },
  }

  root.onclick = (event) => {
    const chip = event.target.closest("[data-filter]")
    if (chip) {
      const { verdicts } = root.narrowed
      if (!verdicts.delete(chip.dataset.filter)) verdicts.add(chip.dataset.filter)
      narrow(root)
    }
    const button = event.target.closest("[data-does]")
    if (button) root.does[button.dataset.does]()
    const opened = event.target.closest(OPENED)
    if (!opened || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    choose(opened, event.target.closest(".cites")?.dataset.names?.split(" "))
  }
  root.onchange = (event) => {
    const name = event.target.dataset.narrow
    if (!name) return
    root.narrowed[name] = event.target.value
    narrow(root)
  }
  root.onkeydown = (event) => {
    const link = event.target.closest(OPENED)
    if (!link || HELD.some((key) => event[key])) return
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (event.key === " ") choose(link)
    else if (by) {
      const next = beyond(root, [...root.querySelectorAll(OPENED)], by)
      next?.focus({ preventScroll: true })
      next?.scrollIntoView({ block: "nearest" })
    } else return
    event.preventDefault()
  }
  root.anywhere = (event) => {
    if (event.defaultPrevented || HELD.some((key) => event[key]) || event.composedPath()[0].matches?.(TYPED_INTO)) return
    const by = { n: 1, p: -1 }[event.key]
    const keys = root.querySelector(".keys")
    if (by) open(by)?.focus({ preventScroll: true })
    else if (event.key === "?" && keys) keys.open = !keys.open
  }
  root.wasShown = (chosen) => {
    if (root.asked && !isSame(root.asked, chosen)) return // an answer to a click before the last one
    root.asked = null
    const isNew = !isSame(root.chosen, chosen)
    root.chosen = chosen
    const first = mark(root, chosen)
    if (first && isNew) bringIntoView(first)
  }
  if (!root.listens) {
    root.listens = true
    root.addEventListener("focusin", (event) => {
      const link = event.target.closest(OPENED)
      if (link) makeStop(root, link)
    })
    listen(root, "keydown", (event) => root.anywhere(event))
    listen(root, "kb-shown", (event) => root.wasShown(event.detail))
  }
  root.asked = null
  root.wasShown(chosenIn(data))
}

const isSame = (one, other) => one?.statement === other?.statement && one?.reference === other?.reference

// Listens at the document for as long as the root is in it.
const listen = (root, name, heard) => {
  const hear = (event) => {
    if (root.isConnected) heard(event)
    else document.removeEventListener(name, hear)
  }
  document.addEventListener(name, hear)
}
