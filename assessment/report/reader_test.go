package report

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// pdfFile is a PDF read back: its objects, and the text of each page, one drawn piece a line.
type pdfFile struct {
	objects  map[int][]byte
	pages    []string
	contents [][]byte // what each page draws
	raw      []byte
}

var (
	pageObject = regexp.MustCompile(`/Type /Page\n`)
	contents   = regexp.MustCompile(`/Contents (\d+) 0 R`)
	placed     = regexp.MustCompile(`BT (-?[0-9.]+) (-?[0-9.]+) Td \(`)
	kids       = regexp.MustCompile(`(\d+) 0 R`)
	bookmark   = regexp.MustCompile(`(?s)<</Title \((.*?)\)\n/Parent`)
)

// readPDF reads a document by its cross-reference table, as a viewer does.
func readPDF(t testing.TB, document []byte) pdfFile {
	t.Helper()
	objects, trailer, err := split(document)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(trailer, []byte("/Root")) {
		t.Fatal("the trailer names no catalog")
	}
	file := pdfFile{objects: map[int][]byte{}, raw: document}
	for i, o := range objects {
		if want := []byte(strconv.Itoa(i+1) + " 0 obj\n"); !bytes.HasPrefix(o, want) {
			t.Fatalf("object %d begins with %.20q", i+1, o)
		}
		file.objects[i+1] = o
	}
	_, list, _ := bytes.Cut(file.objects[1], []byte("/Kids ["))
	for _, kid := range kids.FindAllSubmatch(list, -1) {
		page := file.objects[atoi(kid[1])]
		if !pageObject.Match(page) {
			t.Fatalf("object %s is no page", kid[1])
		}
		content := file.stream(t, atoi(contents.FindSubmatch(page)[1]))
		file.contents = append(file.contents, content)
		file.pages = append(file.pages, drawnText(bytes.Clone(content)))
	}
	return file
}

func (f pdfFile) stream(t testing.TB, object int) []byte {
	t.Helper()
	_, rest, _ := bytes.Cut(f.objects[object], []byte("stream\n"))
	r, err := zlib.NewReader(bytes.NewReader(rest))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// drawnText returns the strings that a page's content shows.
func drawnText(content []byte) string {
	var b strings.Builder
	for {
		_, rest, ok := bytes.Cut(content, []byte(" Td ("))
		if !ok {
			return b.String()
		}
		text, after := literal(rest)
		b.WriteString(decodeUTF16(text) + "\n")
		content = after
	}
}

// outside returns where text stands that is off the printed part of its page, as "page: x y" in millimetres.
func (f pdfFile) outside() []string {
	var found []string
	for i, content := range f.contents {
		for _, at := range placed.FindAllSubmatch(content, -1) {
			x, y := millimetres(at[1]), pageHeight-millimetres(at[2])
			if x < left-1 || x > right || y < 12 || y > pageHeight-12 {
				found = append(found, fmt.Sprintf("%d: %.0f %.0f", i+1, x, y))
			}
		}
	}
	return found
}

func millimetres(points []byte) float64 {
	v, err := strconv.ParseFloat(string(points), 64)
	if err != nil {
		panic(err)
	}
	return v * millimetresPerPoint
}

// literal reads a PDF string up to its closing parenthesis.
func literal(b []byte) (text, after []byte) {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
			if b[i] == 'r' {
				b[i] = '\r'
			}
		case ')':
			return text, b[i+1:]
		}
		text = append(text, b[i])
	}
	return text, nil
}

func decodeUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}

// bookmarks returns the titles of the outline in their order.
func (f pdfFile) bookmarks() []string {
	var titles []string
	for n := 1; n <= len(f.objects); n++ {
		if m := bookmark.FindSubmatch(f.objects[n]); m != nil {
			text, _ := literal(append(m[1], ')'))
			titles = append(titles, decodeUTF16(text[2:]))
		}
	}
	return titles
}

func (f pdfFile) text() string { return strings.Join(f.pages, "") }

func atoi(b []byte) int {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		panic(err)
	}
	return n
}
