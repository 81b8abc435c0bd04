package report

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// compactor takes the one piece in which the library writes a document, and writes it compact.
type compactor struct {
	out  *bytes.Buffer
	tick func() // called for every object
}

// Write takes the whole document.
func (c compactor) Write(pdf []byte) (int, error) {
	return len(pdf), compact(c.out, pdf, c.tick)
}

// compact rewrites a PDF as the library puts it out: the page streams compressed by one compressor (the library makes a
// new one for each page, which is most of what it allocates), the catalog with the language and the wish to show the
// title, no date where none was given, the trailer with an identity.
func compact(out *bytes.Buffer, pdf []byte, tick func()) error {
	objects, trailer, err := split(pdf)
	if err != nil {
		return err
	}
	out.Grow(len(pdf) / 3)
	head, _, _ := bytes.Cut(pdf, []byte("\n"))
	out.Write(head)
	out.WriteString("\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	squeeze := zlib.NewWriter(io.Discard)
	for i, object := range objects {
		tick()
		offsets[i] = out.Len()
		if err := writeObject(out, object, squeeze); err != nil {
			return err
		}
	}
	start := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	id := sha256.Sum256(pdf)
	trailer = bytes.TrimSuffix(trailer, []byte(">>\n"))
	fmt.Fprintf(out, "trailer\n%s/ID [<%x> <%x>]\n>>\nstartxref\n%d\n%%%%EOF\n", trailer, id[:16], id[:16], start)
	return nil
}

var (
	catalogStart = []byte("/Type /Catalog\n")
	catalogMore  = []byte("/Lang (en)\n/ViewerPreferences <</DisplayDocTitle true>>\n")
	noDates      = []byte("/CreationDate (D:19700101000000)\n/ModDate (D:19700101000000)\n")
	streamStart  = []byte("stream\n")
	streamEnd    = []byte("\nendstream\nendobj\n")
)

// writeObject copies one object, and compresses its stream where it has an uncompressed one.
func writeObject(out *bytes.Buffer, object []byte, squeeze *zlib.Writer) error {
	name, rest, _ := bytes.Cut(object, []byte(" obj\n"))
	if before, after, ok := bytes.Cut(object, catalogStart); ok && len(object) < 4096 {
		out.Write(before)
		out.Write(catalogStart)
		out.Write(catalogMore)
		out.Write(after)
		return nil
	}
	if before, after, ok := bytes.Cut(object, noDates); ok {
		out.Write(before)
		out.Write(after)
		return nil
	}
	plain := bytes.HasPrefix(rest, []byte("<</Length "))
	dictionary, stream, found := bytes.Cut(rest, streamStart)
	if !plain || !found || bytes.Contains(dictionary, []byte("/Filter")) {
		out.Write(object)
		return nil
	}
	var body bytes.Buffer
	squeeze.Reset(&body)
	if _, err := squeeze.Write(bytes.TrimSuffix(stream, streamEnd)); err != nil {
		return err
	}
	if err := squeeze.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s obj\n<</Filter /FlateDecode /Length %d>>\nstream\n", name, body.Len())
	out.Write(body.Bytes())
	out.Write(streamEnd)
	return nil
}

// split returns the objects of a PDF by number, from 1, and the lines of its trailer.
func split(pdf []byte) (objects [][]byte, trailer []byte, err error) {
	malformed := fmt.Errorf("the PDF library wrote a document without a cross-reference table")
	at := bytes.LastIndex(pdf, []byte("startxref\n"))
	if at < 0 {
		return nil, nil, malformed
	}
	number, _, _ := bytes.Cut(pdf[at+len("startxref\n"):], []byte("\n"))
	table, err := strconv.Atoi(string(number))
	if err != nil || table < 0 || table > at {
		return nil, nil, malformed
	}
	entries, trailer, ok := bytes.Cut(pdf[table:at], []byte("trailer\n"))
	if !ok {
		return nil, nil, malformed
	}
	const entry = 20
	lines := bytes.SplitAfterN(entries, []byte("\n"), 4)
	if len(lines) < 4 {
		return nil, nil, malformed
	}
	records := lines[3]
	var starts []int
	for n := 0; n+entry <= len(records); n += entry {
		start, err := strconv.Atoi(string(records[n : n+10]))
		if err != nil || start >= table {
			return nil, nil, malformed
		}
		starts = append(starts, start)
	}
	// An object ends where the next one in the file begins; their numbers are not in the order of the file.
	ends := append(slices.Clone(starts), table)
	slices.Sort(ends)
	for _, start := range starts {
		next, _ := slices.BinarySearch(ends, start+1)
		objects = append(objects, pdf[start:ends[next]])
	}
	return objects, trailer, nil
}
