package report

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
)

// needed is what a font must have.
const needed = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~" +
	"\u00A0·×–—‘’“”…−→\uFFFD"

// face is one weight of the type: the font file, and how wide it draws each character.
type face struct {
	family   string
	file     []byte
	advances [256]*[256]uint16 // by the two bytes of a character up to U+FFFF: 1/1000 em plus one; nil or 0 where there is no glyph
}

// newFace reads the character map and the widths of a TrueType font. It fails where the font lacks what every report
// needs: printable ASCII and a few signs.
func newFace(family string, file []byte) (*face, error) {
	t, err := openTTF(file)
	if err != nil {
		return nil, err
	}
	m := t.segmentMap()
	if m == nil {
		return nil, errFont
	}
	f := &face{family: family, file: file}
	for char, glyph := range t.characters(m) {
		block := &f.advances[char>>8]
		if *block == nil {
			*block = new([256]uint16)
		}
		(*block)[char&0xFF] = t.width(glyph) + 1
	}
	for _, char := range needed {
		if !f.draws(char) {
			return nil, fmt.Errorf("the font has no character %q", char)
		}
	}
	return f, nil
}

// draws reports whether the font has a glyph for the character and the PDF library can write it.
func (f *face) draws(r rune) bool {
	return r >= ' ' && r <= 0xFFFD && f.advance(r) != 0 && !hidden(r)
}

// width returns how wide s is at a size in points, in millimetres. Characters without a glyph count nothing.
func (f *face) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += f.units(r)
	}
	return float64(sum) * size * millimetresPerPoint / 1000
}

// units returns the advance of one character in 1/1000 em.
func (f *face) units(r rune) int {
	return max(0, int(f.advance(r))-1)
}

// advance returns the advance of one character in 1/1000 em plus one, 0 where there is no glyph.
func (f *face) advance(r rune) uint16 {
	if r < 0 || r > 0xFFFF || f.advances[r>>8] == nil {
		return 0
	}
	return f.advances[r>>8][r&0xFF]
}

// ttf reads the few tables of a TrueType file that say which characters it has and how wide they are.
type ttf struct {
	data    []byte
	tables  map[string][]byte
	metrics int     // entries of hmtx with an advance of their own
	scale   float64 // 1/1000 em a font unit
}

var errFont = errors.New("not a TrueType font with a Unicode character map")

func openTTF(data []byte) (*ttf, error) {
	t := &ttf{data: data, tables: map[string][]byte{}}
	if version := t.u32(data, 0); version != 0x00010000 && version != 0x74727565 {
		return nil, errFont
	}
	for i := range t.u16(data, 4) {
		record := 12 + 16*i
		if record+16 > len(data) {
			return nil, errFont
		}
		start, size := t.u32(data, record+8), t.u32(data, record+12)
		if start+size > len(data) {
			return nil, errFont
		}
		t.tables[string(data[record:record+4])] = data[start : start+size]
	}
	perEm := t.u16(t.tables["head"], 18)
	t.metrics = t.u16(t.tables["hhea"], 34)
	if perEm == 0 || t.metrics == 0 {
		return nil, errFont
	}
	t.scale = 1000 / float64(perEm)
	return t, nil
}

// widest keeps an advance plus one in 16 bits.
const widest = 60_000

// width returns the advance of a glyph in 1/1000 em, rounded as the PDF library rounds it.
func (t *ttf) width(glyph int) uint16 {
	entry := min(glyph, t.metrics-1)
	return uint16(min(math.Round(t.scale*float64(t.u16(t.tables["hmtx"], 4*entry))), widest))
}

// characters goes through the characters up to U+FFFF that a segment map (format 4) gives a glyph.
func (t *ttf) characters(m []byte) iter.Seq2[int, int] {
	segments := t.u16(m, 6) / 2
	return func(yield func(char, glyph int) bool) {
		for i := range segments {
			last, first := t.u16(m, 14+2*i), t.u16(m, 16+2*segments+2*i)
			delta, offsetAt := t.u16(m, 16+4*segments+2*i), 16+6*segments+2*i
			offset := t.u16(m, offsetAt)
			for char := first; char <= last && char < 0xFFFF; char++ {
				glyph := char
				if offset != 0 {
					glyph = t.u16(m, offsetAt+offset+2*(char-first))
					if glyph == 0 {
						continue
					}
				}
				glyph = (glyph + delta) & 0xFFFF
				if glyph != 0 && !yield(char, glyph) {
					return
				}
			}
		}
	}
}

func (t *ttf) segmentMap() []byte {
	cmap := t.tables["cmap"]
	for i := range t.u16(cmap, 2) {
		platform, encoding, offset := t.u16(cmap, 4+8*i), t.u16(cmap, 6+8*i), t.u32(cmap, 8+8*i)
		unicode := platform == 0 || platform == 3 && encoding == 1
		if unicode && offset < len(cmap) && t.u16(cmap, offset) == 4 {
			return cmap[offset:]
		}
	}
	return nil
}

// u16 and u32 read big-endian numbers; outside the table they return 0.
func (t *ttf) u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func (t *ttf) u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}
