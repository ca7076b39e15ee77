const SVG = "http://www.w3.org/2000/svg"

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

const HEADS = { article: "Articles", statement: "Statements", reference: "References", source: "Sources" }
const MARK = 22

function drawCard(card, height, sign) {
  const marked = card.kind === "statement" || card.look === "retracted"
  const group = svg("g", {
    class: `card ${card.kind} look-${card.look} verdict-${card.look}`,
    transform: `translate(${card.x} ${card.y})`,
    tabindex: "0",
    role: "button",
    "aria-label": card.facts.map(([term, value]) => `${term}: ${value}`).join(". "),
  })
  group.append(svg("rect", { class: "face", width: card.width, height, rx: card.kind === "source" ? 15 : 4 }))
  if (marked) {
    group.append(svg("rect", { class: "mark", width: MARK, height, rx: card.kind === "source" ? MARK / 2 : 4 }))
    group.append(svg("text", { class: "sign", x: MARK / 2, y: height / 2 }, sign))
  }
  group.append(svg("text", { x: marked ? MARK + 8 : 12, y: height / 2 }, card.label))
  return group
}

// Between columns a curve from right to left edge; within a column an arc beside it.
function drawLine(line, from, to, height) {
  const [y1, y2] = [from.y + height / 2, to.y + height / 2]
  let path
  if (from.kind === to.kind) {
    const side = from.kind === "statement" ? from.x : from.x + from.width
    const out = from.kind === "statement" ? -34 : 34
    path = `M${side} ${y1}C${side + out} ${y1} ${side + out} ${y2} ${side} ${y2}`
  } else {
    const [x1, x2] = [from.x + from.width, to.x]
    const bend = (x2 - x1) / 2
    path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
  }
  return svg("path", { class: `line ${line.kind}`, d: path })
}

// The view is the part of the drawing that the canvas shows: [left, top, width], the height follows its shape.
function view(canvas, scene, drawing) {
  let left, top, scale
  const apply = () => scene.setAttribute("transform", `translate(${-left * scale} ${-top * scale}) scale(${scale})`)
  const zoom = (factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const next = Math.min(3, Math.max(0.05, scale * factor))
    left += x / scale - x / next
    top += y / scale - y / next
    scale = next
    apply()
  }
  const fit = (whole) => {
    const [wide, high] = [canvas.clientWidth / (drawing.width + 40), canvas.clientHeight / (drawing.height + 80)]
    scale = Math.min(1, wide, whole ? high : Math.max(high, 0.55))
    left = -20
    top = -50
    apply()
  }
  let grabbed = null
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault()
    zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY)
  }, { passive: false })
  canvas.addEventListener("pointerdown", (event) => { grabbed = [event.clientX, event.clientY] })
  canvas.addEventListener("pointerup", () => { grabbed = null })
  canvas.addEventListener("pointerleave", () => { grabbed = null })
  canvas.addEventListener("pointermove", (event) => {
    if (!grabbed) return
    left -= (event.clientX - grabbed[0]) / scale
    top -= (event.clientY - grabbed[1]) / scale
    grabbed = [event.clientX, event.clientY]
    apply()
  })
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!move) return
    event.preventDefault()
    left += (60 * move[0]) / scale
    top += (60 * move[1]) / scale
    apply()
  })
  const reveal = (card) => {
    const [right, bottom] = [left + canvas.clientWidth / scale, top + canvas.clientHeight / scale]
    if (card.x >= left && card.x + card.width <= right && card.y >= top && card.y + 30 <= bottom) return
    left = card.x - 40
    top = card.y - canvas.clientHeight / scale / 2
    apply()
  }
  fit(false)
  return { zoom, fit, reveal }
}

function draw(root, { drawing, signs }, open) {
  const { cards, lines, height } = drawing
  const scene = svg("g", {})
  const canvas = svg("svg", { role: "group", "aria-label": "The graph: articles, statements, references, sources" }, scene)
  const about = build(["div", { class: "about", "aria-live": "polite" }, []])
  const tools = build(["div", { class: "tools" }, []])
  const area = build(["div", { class: "canvas" }, []])
  const frame = build(["div", { class: "graph" }, []])
  area.append(canvas, tools)
  frame.append(area, about)
  root.replaceChildren(frame)
  fillWindow(area, 380)

  const byId = new Map(cards.map((card) => [card.id, card]))
  const columns = new Map(cards.map((card) => [card.kind, card.x]))
  for (const [kind, x] of columns) scene.append(svg("text", { class: "column", x, y: -16 }, HEADS[kind]))
  const drawn = lines.map((line) => [line, drawLine(line, byId.get(line.start), byId.get(line.end), drawing.card)])
  scene.append(...drawn.map(([, path]) => path))
  const groups = new Map(cards.map((card) => [card.id, drawCard(card, drawing.card, signs[card.look] ?? "")]))
  scene.append(...groups.values())

  const camera = view(canvas, scene, { width: drawing.width, height })
  const say = (card) => {
    const facts = card.facts.flatMap(([term, value]) => [["dt", {}, [term]], ["dd", {}, [value]]])
    about.replaceChildren(build(["dl", { class: "facts" }, facts]))
    if (card.url) about.append(build(["p", {}, [["a", { href: card.url, rel: "noreferrer" }, ["Open the work"]]]]))
    if (!card.article) return
    const button = build(["button", {}, [card.statement ? "Show its evidence" : "Open the article"]])
    button.onclick = () => open({ article: card.article, statement: card.statement ?? null })
    about.append(button)
  }
  const choose = (card) => {
    const near = new Set([card.id])
    for (const [line, path] of drawn) {
      const touches = line.start === card.id || line.end === card.id
      path.classList.toggle("near", touches)
      if (touches) near.add(line.start).add(line.end)
    }
    for (const [id, group] of groups) {
      group.classList.toggle("near", near.has(id))
      group.classList.toggle("chosen", id === card.id)
    }
    scene.classList.add("linked")
    say(card)
  }
  for (const [id, group] of groups) {
    const card = byId.get(id)
    group.onclick = () => choose(card)
    group.onfocus = () => camera.reveal(card)
    group.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      choose(card)
    }
  }
  const tool = (name, label, act) => {
    const button = build(["button", { title: label, "aria-label": label }, [name]])
    button.onclick = act
    tools.append(button)
  }
  tool("+", "Closer", () => camera.zoom(1.3))
  tool("−", "Further away", () => camera.zoom(1 / 1.3))
  tool("Whole", "Show the whole graph", () => camera.fit(true))
  about.append(build(["p", { class: "hint" }, ["Choose a card to see what it is and what it is tied to."]]))
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kb")
  followTheme(root)
  const key = JSON.stringify(data)
  if (root.shown === key) return
  root.shown = key
  draw(root, data, (where) => setTriggerValue("opened", where))
}
