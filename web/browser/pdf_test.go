package browser_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"
	"unicode/utf16"
)

// pdfText returns what the pages of a report say, without any space: lines break where the page does.
func pdfText(document []byte) string {
	var text strings.Builder
	for rest := document; ; {
		_, after, found := bytes.Cut(rest, []byte("stream\n"))
		if !found {
			return squeezed(text.String())
		}
		if content, err := inflated(after); err == nil {
			text.WriteString(drawn(content))
		}
		_, rest, _ = bytes.Cut(after, []byte("endstream"))
	}
}

func inflated(stream []byte) ([]byte, error) {
	reader, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

// drawn returns the strings that a content stream shows; they are UTF-16.
func drawn(content []byte) string {
	var text strings.Builder
	for {
		_, after, found := bytes.Cut(content, []byte(" Td ("))
		if !found {
			return text.String()
		}
		var units []uint16
		var half []byte
		for i := 0; i < len(after) && after[i] != ')'; i++ {
			one := after[i]
			if one == '\\' {
				i++
				if one = after[i]; one == 'r' {
					one = '\r'
				}
			}
			if half = append(half, one); len(half) == 2 {
				units, half = append(units, uint16(half[0])<<8|uint16(half[1])), nil
			}
		}
		text.WriteString(string(utf16.Decode(units)))
		content = after
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
