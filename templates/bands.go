package templates

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Bands names the parts of the scale for drawing. Steps of a questionnaire with another number of bands are spread over
// the three signs.
type Bands []assessment.Band

// Word is the band of a score for people; both ends while they differ, for example "Moderate to excellent".
func (b Bands) Word(s assessment.Score) string { return words.Band(b, s) }

func (b Bands) step(id string) int {
	for i, band := range b {
		if band.ID == id && len(b) > 1 {
			return i * 2 / (len(b) - 1)
		}
	}
	return 0
}

func (b Bands) Glyph(id string) string { return []string{"step1", "step2", "step3"}[b.step(id)] }

func (b Bands) Tone(id string) string { return []string{"poor", "fair", "good"}[b.step(id)] }

// Marks names where bands begin, for a caption: ", marks at 33 and 67".
func (b Bands) Marks() string {
	s := ""
	for i, tick := range b.Inner() {
		switch {
		case i == 0:
			s = ", marks at "
		case i == len(b.Inner())-1:
			s += " and "
		default:
			s += ", "
		}
		s += words.Whole(tick)
	}
	return s
}
