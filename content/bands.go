package content

import (
	"math"

	"plumbline/assessment"
)

// bands returns the bands, which must ascend from 0.
func (m mapping) bands() []assessment.Band {
	var bands []assessment.Band
	below := math.NaN() // the from of the band before; NaN where there is none to compare with
	for i, item := range m.level("bands", "a list of bands", MaxItems) {
		band, from, ok := item.band()
		bands = append(bands, band)
		switch {
		case ok && i == 0 && band.From != 0:
			from.complain("0 expected for the first band, found %v", band.From)
		case ok && band.From <= below:
			from.complain("expected a number above %v, the start of the previous band, found %v", below, band.From)
		}
		below = math.NaN()
		if ok {
			below = band.From
		}
	}
	return bands
}

// band returns a band and where it says from; ok is false where that is no number on the scale.
func (v value) band() (band assessment.Band, from value, ok bool) {
	const expected = "a number from 0 to 100"
	m, ok := v.mapping("a band (id, title, from)", "id", "title", "from")
	if !ok {
		return band, from, false
	}
	band = assessment.Band{ID: m.id(), Title: m.title("title")}
	if from, ok = m.required("from", expected); !ok {
		return band, from, false
	}
	band.From, ok = from.number(expected)
	if ok && (band.From < 0 || band.From > 100) {
		from.complain("expected %s, found %s", expected, clip(from.node.Value))
		return band, from, false
	}
	return band, from, ok
}
