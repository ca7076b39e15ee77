// Draws what kb.view.drawn sends, and tells of it beside the drawing. Outside text only ever becomes text.
const HOW = "The drawing. Arrow keys move it, plus and minus zoom, Home shows the whole; the search finds everything."
const LISTED = 30
const MANY = 500
const ROOM = { left: 460, right: 440, around: 30 }
const READABLE = 0.8
const SMALLEST = 0.65
// What is more than so many times as high as the window, where it fills its width, is shown from its top.
const TALL = 4
const FONT = { size: 13, least: 7 }

// Cytoscape's own style sheet: every colour is a plain one, as a canvas knows no variables. Of many elements each one
// that is styled counts, so they get what differs from Cytoscape's own style, and letters where these can be read.
function styleOf(forms, strokes, look, tree, many) {
  const hue = ([light, dark]) => (look.dark ? dark : light)
  const styles = [
    { selector: "node", style: { "border-width": 2 } },
    { selector: "node.named", style: { label: "data(text)", "font-family": look.font, "font-size": FONT.size,
      color: look.ink, "text-wrap": "wrap", "text-max-width": 2000, "text-valign": "center", "text-halign": "right",
      "text-margin-x": 6, "text-justification": "left", "line-height": 1.25, "text-events": "yes",
      "min-zoomed-font-size": FONT.least, "text-background-color": look.paper,
      "text-background-opacity": many ? 0 : 0.88, "text-background-padding": 2 } },
    { selector: "node.named.left", style: { "text-halign": "left", "text-margin-x": -6, "text-justification": "right" } },
    { selector: "node.named.article", style: { "font-weight": "bold", "font-size": 14 } },
    { selector: "edge", style: many ? { opacity: 0.3 } : { opacity: 0.75, "arrow-scale": 0.8,
      "curve-style": tree ? "taxi" : "straight", "taxi-direction": "rightward", "taxi-turn": -26,
      "taxi-turn-min-distance": 5 } },
    { selector: "node.quiet", style: { label: "", "text-events": "no" } },
  ]
  for (const [slug, form] of Object.entries(forms)) {
    const colour = hue(form.hue)
    styles.push({ selector: `node.form-${slug}`, style: { shape: form.shape, width: form.size ?? 18,
      height: form.shape === "round-rectangle" ? 14 : form.size ?? 18,
      "background-color": form.hollow ? look.paper : colour, "border-color": colour } })
  }
  for (const [slug, stroke] of Object.entries(strokes)) {
    const arrow = { "target-arrow-color": hue(stroke.hue), "target-arrow-shape": "triangle" }
    styles.push({ selector: `edge.stroke-${slug}`, style: { "line-color": hue(stroke.hue), width: stroke.width ?? 1.5,
      ...(stroke.dashes ? { "line-style": stroke.dashes } : {}), ...(stroke.arrow && !many ? arrow : {}) } })
  }
  return [...styles,
    { selector: ".far", style: { opacity: 0.18 } },
    { selector: "edge.near", style: { opacity: 1 } },
    { selector: "node.pointed, node.chosen", style: { label: "data(text)", "text-background-opacity": 0.95,
      "min-zoomed-font-size": 0, "z-index": 9 } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": look.link, "font-weight": "bold" } }]
}

function lookOf(root) {
  const styles = getComputedStyle(root)
  const colour = (name, otherwise) => styles.getPropertyValue(name).trim() || otherwise
  return { dark: root.style.colorScheme === "dark", ink: colour("--st-text-color", "#222"),
    paper: colour("--st-background-color", "#fff"), link: colour("--st-link-color", "#06c"), font: styles.fontFamily }
}

// The sign of a node stands beside its shape, whichever side its label is on.
function signed(node, forms) {
  const { sign } = forms[node.form]
  return (node.side === "left" ? [node.label, sign] : [sign, node.label]).filter(Boolean).join(" ")
}

// A line is sent as the places of its ends among the nodes, and its form.
function edgesOf(lines, nodes) {
  return lines.map(([start, end, form]) => ({
    data: { source: nodes[start].id, target: nodes[end].id }, classes: `stroke-${form}` }))
}

// Quiet lines, of which there may be thousands, are drawn where one of their ends is chosen.
function elementsOf({ nodes, lines }, forms, strokes, many) {
  const drawn = nodes.map((node) => ({
    data: { id: node.id, text: [signed(node, forms), node.note].filter(Boolean).join("\n") },
    position: { x: node.x ?? 0, y: node.y ?? 0 },
    classes: [`form-${node.form}`, node.side ?? "right", node.form === "article" ? "article" : "",
      node.quiet ? "quiet" : "", many ? "" : "named"].join(" "),
  }))
  return { nodes: drawn, edges: edgesOf(lines.filter(([, , form]) => !strokes[form].quiet), nodes) }
}

// To measure thousands of labels takes longer than all else: a node of many has its own where it can first be read.
function nameWhereRead(cy) {
  if (cy.zoom() * FONT.size < FONT.least) return
  const { x1, x2, y1, y2 } = cy.extent()
  const seen = ({ x, y }) => x > x1 - ROOM.right && x < x2 + ROOM.left && y > y1 - ROOM.around && y < y2 + ROOM.around
  cy.nodes().not(".named, .quiet").filter((node) => seen(node.position())).addClass("named")
}

// The frame of the whole drawing, labels included, reckoned from places alone: to measure every label takes long.
function frameOf(nodes) {
  const frame = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const { x = 0, y = 0, side = "right" } of nodes) {
    frame.left = Math.min(frame.left, x - (side === "left" ? ROOM.left : ROOM.around))
    frame.right = Math.max(frame.right, x + (side === "right" ? ROOM.right : ROOM.around))
    frame.top = Math.min(frame.top, y - ROOM.around)
    frame.bottom = Math.max(frame.bottom, y + ROOM.around)
  }
  return frame
}

function camera(cy, frame) {
  const scale = () => [cy.width() / (frame.right - frame.left), cy.height() / (frame.bottom - frame.top)]
  const centre = () => ({ x: cy.width() / 2, y: cy.height() / 2 })
  const put = (zoom) => {
    const spare = Math.max(0, cy.height() - (frame.bottom - frame.top) * zoom)
    cy.viewport({ zoom, pan: { x: -frame.left * zoom, y: spare / 2 - frame.top * zoom } })
  }
  return {
    whole: () => {
      const zoom = Math.min(1.2, ...scale())
      put(zoom)
      cy.panBy({ x: (cy.width() - (frame.right - frame.left) * zoom) / 2, y: 0 })
    },
    begin: (many) => {
      const [wide, high] = scale()
      const least = Math.min(READABLE, Math.max(SMALLEST, wide))
      const whole = Math.min(wide, high)
      put(many && wide < high * TALL ? whole : Math.min(1.2, Math.max(least, whole)))
    },
    zoom: (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: centre() }),
    reveal: (node) => {
      const at = node.renderedPosition()
      const away = at.x < 40 || at.y < 30 || at.x > cy.width() - 200 || at.y > cy.height() - 30
      if (cy.zoom() < READABLE) cy.zoom(READABLE)
      if (away || cy.zoom() === READABLE) cy.center(node)
    },
  }
}

function frameIn(root, told, legend) {
  const area = build(["div", { class: "canvas" }, []])
  const canvas = build(["div", { class: "drawing", role: "application", tabindex: "0", "aria-label": HOW }, []])
  const tools = build(["div", { class: "tools" }, []])
  const side = build(["div", { class: "side", role: "region", tabindex: "0", "aria-label": "About the drawing" }, []])
  const graph = build(["div", { class: "graph" }, []])
  const [first, ...rest] = told
  const words = build(["p", { class: "told", role: "status" }, [["b", {}, [first ?? ""]], ` ${rest.join(" ")}`]])
  area.append(canvas, tools)
  graph.append(area, side)
  root.replaceChildren(words, build(legend), graph)
  fillWindow(area, 420)
  return { area, canvas, tools, side }
}

function tool(tools, sign, words, act) {
  const button = build(["button", { type: "button", title: words, "aria-label": words }, [sign]])
  button.onclick = act
  tools.append(button)
}

// A list of nodes as buttons, some at a time.
function listed(nodes, forms, choose) {
  const list = document.createElement("ul")
  const more = build(["button", { type: "button", class: "more" }, []])
  let shown = 0
  more.onclick = () => {
    for (const node of nodes.slice(shown, shown + LISTED)) {
      const { shape, hollow, words } = forms[node.form]
      const mark = `form form-${node.form} shape-${shape}${hollow ? " hollow" : ""}`
      const item = build(["li", {}, [["button", { type: "button", class: mark, title: words }, [signed(node, forms)]]]])
      item.firstChild.onclick = () => choose(node.id)
      list.append(item)
    }
    shown += LISTED
    more.textContent = `${nodes.length - shown} more`
    more.hidden = shown >= nodes.length
  }
  more.onclick()
  const all = document.createElement("div")
  all.append(list, more)
  return all
}

function detailsOf(node, tied, forms, choose) {
  const facts = (node.facts ?? []).flatMap(([term, value]) => [["dt", {}, [term]], ["dd", {}, [value]]])
  const links = (node.links ?? []).map(([words, href], at) => ["a", { href, rel: "noreferrer",
    class: at ? "way" : "way first" }, [words]])
  const details = build(["section", { "aria-label": "What is chosen" }, [["h3", {}, [node.label]],
    ["p", { class: "ways" }, links], ["dl", { class: "facts" }, facts]]])
  for (const [words, nodes] of tied) details.append(build(["h4", {}, [words]]), listed(nodes, forms, choose))
  return details
}

function draw(root, data, open) {
  const { scene, forms, strokes } = data
  const many = scene.nodes.length > MANY
  const { canvas, tools, side } = frameIn(root, scene.told ?? [], data.legend)
  const places = new Map(scene.nodes.map((node, at) => [node.id, at]))
  const cy = cytoscape({ container: canvas, elements: elementsOf(scene, forms, strokes, many),
    layout: { name: "preset", fit: false }, style: styleOf(forms, strokes, lookOf(root), scene.tree, many),
    autoungrabify: true, boxSelectionEnabled: false, autounselectify: true, minZoom: 0.002, maxZoom: 3,
    hideEdgesOnViewport: many, pixelRatio: many ? 1 : "auto" })
  root.cy = cy
  if (many) cy.on("viewport", () => nameWhereRead(cy))
  const view = camera(cy, frameOf(scene.nodes))
  const search = build(["input", { type: "search", id: "find", placeholder: "words, a name, a verdict …" }, []])
  const found = build(["div", { role: "region", "aria-live": "polite", "aria-label": "What was found" }, []])
  const about = build(["div", { "aria-live": "polite" }, []])
  side.append(build(["label", { for: "find" }, ["Find in the drawing"]]), search, found, about)
  if (data.words) side.append(build(data.words))

  let quiet = cy.collection()
  const choose = (id) => {
    const chosen = cy.getElementById(id)
    if (chosen.empty()) return
    const own = places.get(id)
    const lines = scene.lines.filter(([start, end]) => start === own || end === own)
    quiet.remove()
    quiet = cy.add({ edges: edgesOf(lines.filter(([, , form]) => strokes[form].quiet), scene.nodes) })
    const near = chosen.closedNeighborhood()
    cy.batch(() => {
      cy.elements().removeClass("near chosen").addClass("far")
      near.removeClass("far").addClass("near")
      chosen.addClass("named chosen")
    })
    root.chosen = id
    view.reveal(chosen)
    const tied = new Map()
    for (const [start, end, form] of lines) {
      const words = start === own ? strokes[form].words : strokes[form].back
      tied.set(words, [...(tied.get(words) ?? []), scene.nodes[start === own ? end : start]])
    }
    about.replaceChildren(detailsOf(scene.nodes[own], tied, forms, choose))
    find()
    side.scrollTop = 0
  }
  const forget = () => {
    quiet.remove()
    cy.elements().removeClass("near chosen far")
    root.chosen = undefined
    about.replaceChildren()
    find()
  }
  const texts = new Map(scene.nodes.map((node) => [node.id,
    [node.label, node.note, forms[node.form].words, ...(node.facts ?? []).map((fact) => fact[1])]
      .join(" ").toLowerCase()]))
  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    if (!words.length && (root.chosen || data.words)) return found.replaceChildren()
    if (!words.length) return found.replaceChildren(listed(scene.nodes, forms, choose))
    const fit = scene.nodes.filter((node) => words.every((word) => texts.get(node.id).includes(word)))
    const told = build(["p", { class: "faint" }, [fit.length ? `${fit.length} found` : "Nothing here has these words."]])
    found.replaceChildren(told, listed(fit, forms, choose))
  }
  search.oninput = find
  cy.on("tap", (event) => (event.target === cy ? forget() : event.target.isNode() && choose(event.target.id())))
  cy.on("mouseover mouseout", "node", (event) => {
    canvas.style.cursor = event.type === "mouseover" ? "pointer" : "grab"
    event.target.addClass("named").toggleClass("pointed", event.type === "mouseover")
  })
  const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }
  const press = { "+": () => view.zoom(1.3), "=": () => view.zoom(1.3), "-": () => view.zoom(1 / 1.3), Home: view.whole }
  canvas.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || !(step[event.key] || press[event.key])) return
    event.preventDefault()
    if (step[event.key]) cy.panBy({ x: step[event.key][0], y: step[event.key][1] })
    else press[event.key]()
  }
  tool(tools, "+", "Closer", () => view.zoom(1.3))
  tool(tools, "−", "Further away", () => view.zoom(1 / 1.3))
  tool(tools, "Whole", "Show the whole drawing", view.whole)
  side.onclick = (event) => {
    const way = wayOf(event)
    if (way) open(way)
  }
  return { cy, view, choose, find, many }
}

// What was chosen stays where it was on the screen when something around it is unfolded.
function again(root, data, open) {
  // An answer is seen whole at first.
  const chosen = data.words ? undefined : root.chosen
  const before = root.cy && chosen ? root.cy.getElementById(chosen) : null
  const kept = before?.nonempty() ? { at: before.renderedPosition(), zoom: root.cy.zoom() } : null
  root.cy?.destroy()
  const { cy, view, choose, find, many } = draw(root, data, open)
  const node = cy.getElementById(data.chosen ?? chosen ?? "")
  view.begin(many)
  if (node.empty()) {
    root.chosen = undefined
    return find()
  }
  if (kept && node.id() === chosen) {
    cy.zoom(kept.zoom)
    const at = node.renderedPosition()
    cy.panBy({ x: kept.at.x - at.x, y: kept.at.y - at.y })
  }
  choose(node.id())
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  followTheme(root)
  const dark = root.style.colorScheme
  if (root.shown !== data.drawing) {
    root.given = JSON.parse(data.drawing)
    again(root, root.given, (address) => setTriggerValue("opened", address))
  } else if (root.dark !== dark) {
    const { forms, strokes, scene } = root.given
    root.cy.style(styleOf(forms, strokes, lookOf(root), scene.tree, scene.nodes.length > MANY))
  }
  root.shown = data.drawing
  root.dark = dark
  return () => {
    root.cy?.destroy()
    root.shown = root.cy = undefined
  }
}
