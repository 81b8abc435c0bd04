package report

import (
	"io"
	"net/url"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// canvas draws on the pages of one PDF. It is the only user of the PDF library, and keeps away from what makes it
// panic or crawl: text goes through printable and is placed line by line, fonts are copied (the library writes into
// them), pages are compressed afterwards (the library takes a new compressor for each).
type canvas struct {
	pdf   *gofpdf.Fpdf
	faces [2]*face
	spent spending
	set   struct { // what the current page is set to, so that nothing is said twice
		style  *style
		stroke *colour
		fill   *colour
		width  float64
	}
}

// information is what a PDF says about itself.
type information struct {
	title, subject, author, keywords string
	at                               time.Time // not said where zero
}

const creator = "Plumbline"

func newCanvas(faces [2]*face, info information) *canvas {
	pdf := gofpdf.New("P", "mm", "A4", "")
	c := &canvas{pdf: pdf, faces: faces}
	pdf.SetCompression(false)
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	for _, f := range faces {
		pdf.AddUTF8FontFromBytes(f.family, "", append([]byte(nil), f.file...))
	}
	plain := faces[regular].printable
	pdf.SetTitle(plain(info.title), true)
	pdf.SetSubject(plain(info.subject), true)
	pdf.SetAuthor(plain(info.author), true)
	pdf.SetKeywords(plain(info.keywords), true)
	pdf.SetCreator(creator, true)
	pdf.SetProducer(creator, true)
	at := info.at.UTC()
	if at.IsZero() { // the library takes it for now
		at = time.Unix(0, 0).UTC()
	}
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	return c
}

// addPage begins a new page behind the last.
func (c *canvas) addPage() {
	c.pdf.AddPage()
	c.forget()
}

// page returns the number of the current page, from 1.
func (c *canvas) page() int { return c.pdf.PageNo() }

// pages returns how many pages there are.
func (c *canvas) pages() int { return c.pdf.PageCount() }

// turnTo makes an earlier page the current one.
func (c *canvas) turnTo(page int) {
	c.pdf.SetPage(page)
	c.forget()
	c.brush(ink) // the library believes that the page is set to what the last one was
}

// forget makes the next calls say everything again: a page keeps its own settings.
func (c *canvas) forget() {
	c.set.style, c.set.stroke, c.set.fill, c.set.width = nil, nil, nil, -1
}

// text writes one line with its baseline at y.
func (c *canvas) text(x, y float64, s style, text string) {
	if text = c.faces[s.weight].printable(text); text == "" {
		return
	}
	was := c.set.style
	if was == nil || was.weight != s.weight || was.size != s.size {
		c.pdf.SetFont(c.faces[s.weight].family, "", s.size)
	}
	if was == nil || was.colour != s.colour {
		c.pdf.SetTextColor(int(s.colour[0]), int(s.colour[1]), int(s.colour[2]))
	}
	c.set.style = &s
	c.spent.onText(text)
	c.pdf.Text(x, y, text)
}

// textRight writes one line that ends at x, textMid one around x.
func (c *canvas) textRight(x, y float64, s style, text string) {
	c.text(x-c.width(s, text), y, s, text)
}

func (c *canvas) textMid(x, y float64, s style, text string) {
	c.text(x-c.width(s, text)/2, y, s, text)
}

// width returns how wide a line is as it is drawn.
func (c *canvas) width(s style, text string) float64 {
	f := c.faces[s.weight]
	return f.width(f.printable(text), s.size)
}

func (c *canvas) wrap(s style, text string, width float64) []string {
	lines := c.faces[s.weight].wrap(text, s.size, width)
	c.spent.onLines(len(text), len(lines))
	return lines
}

func (c *canvas) clip(s style, text string, width float64) string {
	return c.faces[s.weight].clip(text, s.size, width)
}

func (c *canvas) pen(stroke colour, width float64) {
	if c.set.stroke == nil || *c.set.stroke != stroke {
		c.pdf.SetDrawColor(int(stroke[0]), int(stroke[1]), int(stroke[2]))
		c.set.stroke = &stroke
	}
	if c.set.width != width {
		c.pdf.SetLineWidth(width)
		c.set.width = width
	}
}

func (c *canvas) brush(fill colour) {
	if c.set.fill == nil || *c.set.fill != fill {
		c.pdf.SetFillColor(int(fill[0]), int(fill[1]), int(fill[2]))
		c.set.fill = &fill
	}
}

func (c *canvas) line(x1, y1, x2, y2, width float64, stroke colour) {
	c.pen(stroke, width)
	c.pdf.Line(x1, y1, x2, y2)
}

// dashed runs draw with a dashed pen; on and off are the lengths of a dash and of a gap.
func (c *canvas) dashed(on, off float64, draw func()) {
	c.pdf.SetDashPattern([]float64{on, off}, 0)
	draw()
	c.pdf.SetDashPattern(nil, 0)
}

func (c *canvas) bar(x, y, w, h float64, fill colour) {
	c.brush(fill)
	c.pdf.Rect(x, y, w, h, "F")
}

func (c *canvas) frame(x, y, w, h, width float64, stroke colour) {
	c.pen(stroke, width)
	c.pdf.Rect(x, y, w, h, "D")
}

func (c *canvas) disc(x, y, r float64, fill colour) {
	c.brush(fill)
	c.pdf.Circle(x, y, r, "F")
}

func (c *canvas) ring(x, y, r, width float64, stroke colour) {
	c.pen(stroke, width)
	c.pdf.Circle(x, y, r, "D")
}

// point is a place on the page.
type point struct{ x, y float64 }

func (c *canvas) shape(fill colour, points ...point) {
	c.brush(fill)
	c.pdf.Polygon(libraryPoints(points), "F")
}

func (c *canvas) outline(width float64, stroke colour, points ...point) {
	c.pen(stroke, width)
	c.pdf.Polygon(libraryPoints(points), "D")
}

func (c *canvas) polyline(width float64, stroke colour, points ...point) {
	for i := 1; i < len(points); i++ {
		c.line(points[i-1].x, points[i-1].y, points[i].x, points[i].y, width, stroke)
	}
}

func libraryPoints(points []point) []gofpdf.PointType {
	converted := make([]gofpdf.PointType, len(points))
	for i, p := range points {
		converted[i] = gofpdf.PointType{X: p.x, Y: p.y}
	}
	return converted
}

// target is a place in the document that links lead to; 0 is none.
type target int

func (c *canvas) newTarget() target { return target(c.pdf.AddLink()) }

// place puts a target on the current page.
func (c *canvas) place(t target, y float64) { c.pdf.SetLink(int(t), y, c.page()) }

func (c *canvas) link(x, y, w, h float64, t target) {
	if t != 0 {
		c.spent.onLink("")
		c.pdf.Link(x, y, w, h, int(t))
	}
}

// linkOut makes an area lead to a web address; anything but http and https stays plain.
func (c *canvas) linkOut(x, y, w, h float64, address string) {
	if safe := webAddress(address); safe != "" {
		c.spent.onLink(safe)
		c.pdf.LinkString(x, y, w, h, safe)
	}
}

// webAddress returns the address in ASCII, empty unless it is http or https with a host.
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	safe := u.String()
	for i := range len(safe) {
		if safe[i] <= ' ' || safe[i] > '~' {
			return ""
		}
	}
	return safe
}

// bookmark adds an entry to the outline; level is 0 for a section and grows by at most one.
func (c *canvas) bookmark(title string, level int, y float64) {
	f := c.faces[regular]
	c.pdf.SetFont(f.family, "", styleBody.size)
	c.set.style = nil
	c.pdf.Bookmark(f.clip(title, styleBody.size, 2*pageWidth), level, y)
}

// output writes the document, and returns the first error of all the drawing.
func (c *canvas) output(w io.Writer) error { return c.pdf.Output(w) }
