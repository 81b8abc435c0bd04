package templates

import "plumbline/assessment/words"

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
