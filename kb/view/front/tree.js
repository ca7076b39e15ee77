// Builds what kb.view.markup.to_data sends: [tag, attributes, children]. Outside text only ever becomes text.
function build(node) {
  if (typeof node === "string") return document.createTextNode(node)
  const [tag, attributes, children] = node
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  if (tag === "a" && /^https?:/i.test(attributes.href ?? "")) made.target = "_blank"
  made.append(...children.map(build))
  return made
}

// Streamlit gives a theme's colours but not whether it is dark; light-dark() in the style sheet has to know.
function followTheme(root) {
  const probe = document.createElement("canvas").getContext("2d")
  probe.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color") || "#fff"
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(probe.fillStyle.slice(at, at + 2), 16))
  root.style.colorScheme = 0.3 * red + 0.59 * green + 0.11 * blue < 128 ? "dark" : "light"
}

// Gives an element the rest of the window's height, so that panes scroll and the page does not; follows what is above.
function fillWindow(element, atLeast) {
  if (element.fills) return
  element.fills = true
  const page = element.getRootNode().host?.closest('[data-testid="stMainBlockContainer"]') ?? document.body
  const scrolled = () => page.closest('[data-testid="stMain"]')?.scrollTop ?? 0
  const fit = () => {
    if (!element.isConnected) return element.style.height && leave()
    const rest = innerHeight - element.getBoundingClientRect().top - scrolled() - 20
    element.style.height = `${Math.max(atLeast, Math.floor(rest))}px`
  }
  // The page outlives what is drawn in it, and would hold it for ever.
  const leave = () => {
    above.disconnect()
    removeEventListener("resize", fit)
    element.fills = false
  }
  const above = new ResizeObserver(fit)
  above.observe(page)
  addEventListener("resize", fit)
  fit()
}

// The address of a link inside the app ("./") that was clicked, which is followed without loading the app anew.
function wayOf(event) {
  const link = event.target.closest('a[href^="./"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return null
  event.preventDefault()
  return link.getAttribute("href")
}

// Puts the trees into the root once; true where something changed since the last call. Large ones come as JSON, written
// once on the server for all who read them.
function show(root, trees) {
  followTheme(root)
  const key = typeof trees === "string" ? trees : JSON.stringify(trees)
  if (root.shown === key) return false
  root.shown = key
  root.replaceChildren(...JSON.parse(key).map(build))
  return true
}

// What the app says is chosen.
function chosenIn({ statement, reference }) {
  return statement ? { statement } : reference ? { reference } : null
}
