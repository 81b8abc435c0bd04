package report

// The page is A4; all lengths are in millimetres, sizes of type in points.
const (
	millimetresPerPoint = 25.4 / 72

	pageWidth  = 210.0
	pageHeight = 297.0
	left       = 23.0
	right      = pageWidth - 21.0
	top        = 28.0 // of the text
	bottom     = pageHeight - 25.0
	measure    = right - left

	label  = 34.0      // width of the narrow column on the left of a text
	indent = label + 5 // where the wide column begins, from left
	wide   = measure - indent
)

// colour is red, green and blue, 0–255.
type colour [3]uint8

var (
	ink        = colour{0x16, 0x18, 0x1d}
	inkSecond  = colour{0x47, 0x4c, 0x55}
	inkThird   = colour{0x62, 0x67, 0x6f}
	paper      = colour{0xff, 0xff, 0xff}
	sunk       = colour{0xeb, 0xeb, 0xe6}
	hair       = colour{0xd9, 0xd9, 0xd3}
	edge       = colour{0x86, 0x8b, 0x93}
	accent     = colour{0x14, 0x50, 0x8c}
	accentSoft = colour{0x9d, 0xbc, 0xdd}
	accentPale = colour{0xd6, 0xe3, 0xf1}
	good       = colour{0x00, 0x69, 0x5f}
	fair       = colour{0x8f, 0x5a, 0x00}
	poor       = colour{0x9b, 0x15, 0x2e}
)

// weight is one of the two weights of the type.
type weight int

const (
	regular weight = iota
	bold
)

// style is how a piece of text looks: size says how important it is, grey how secondary.
type style struct {
	weight  weight
	size    float64
	colour  colour
	leading float64 // distance of lines as a multiple of the size
}

var (
	styleBody    = style{regular, 9, ink, 1.42}
	styleStrong  = style{bold, 9, ink, 1.42}
	styleSecond  = style{regular, 9, inkSecond, 1.42}
	styleMeta    = style{regular, 7.8, inkThird, 1.42}
	styleMetaInk = style{regular, 7.8, ink, 1.42}
	styleHead    = style{regular, 7.4, inkThird, 1.35}
	styleAxis    = style{regular, 6.8, inkThird, 1.3}
	styleAxisInk = style{bold, 6.8, ink, 1.3}
	styleLead    = style{regular, 10.5, inkSecond, 1.45}
	styleMinor   = style{bold, 9.6, ink, 1.35}
	styleSub     = style{bold, 12.5, ink, 1.28}
	styleTitle   = style{bold, 21, ink, 1.18}
	styleCover   = style{bold, 31, ink, 1.14}
	styleBig     = style{bold, 44, ink, 1}
)

// height returns the height of one line in millimetres.
func (s style) height() float64 { return s.size * s.leading * millimetresPerPoint }

// baseline returns how far under the top of a line its letters stand.
func (s style) baseline() float64 { return s.height()/2 + s.size*millimetresPerPoint*0.36 }

func (s style) in(c colour) style {
	s.colour = c
	return s
}

func (s style) strong() style {
	s.weight = bold
	return s
}
