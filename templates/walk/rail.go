package walk

import "strconv"

// Rail is the way through the questionnaire: pillars, and the principles of the one in hand.
type Rail []RailPillar

// RailPillar is one pillar of the rail with its progress.
type RailPillar struct {
	ID         string
	Title      string
	Short      string // three or four letters
	URL        string // of its first principle with something open
	Count      string // for example "18/34"
	Now        bool
	Meter      RailMeter
	Principles []RailPrinciple // of the pillar in hand only
}

// RailMeter is the progress of a pillar's principles, as paths in a box of 100 by 4.
type RailMeter struct {
	Track  string // of all principles
	Filled string // the answered share of each but the one in hand
	Now    string // that of the principle in hand
}

// RailPrinciple is one principle of the pillar in hand.
type RailPrinciple struct {
	ID       string
	Number   string
	Title    string
	URL      string
	Count    string
	Complete bool
	Now      bool
}

// NewRailMeter returns the meter of principles whose answered shares, of 0–1, are given; now is the one in hand, −1 for
// none of them.
func NewRailMeter(shares []float64, now int) RailMeter {
	step := 100 / float64(len(shares))
	width := step - min(1.4, step/5)
	track, filled, current := make([]byte, 0, 128), make([]byte, 0, 128), []byte(nil)
	for i, share := range shares {
		x := float64(i) * step
		track = appendBar(track, x, width)
		switch {
		case share <= 0:
		case i == now:
			current = appendBar(current, x, width*share)
		default:
			filled = appendBar(filled, x, width*share)
		}
	}
	return RailMeter{string(track), string(filled), string(current)}
}

// appendBar appends a bar of the meter to a path.
func appendBar(path []byte, x, width float64) []byte {
	path = strconv.AppendFloat(append(path, 'M'), x, 'f', 2, 64)
	path = strconv.AppendFloat(append(path, " 0h"...), width, 'f', 2, 64)
	path = strconv.AppendFloat(append(path, "v4h"...), -width, 'f', 2, 64)
	return append(path, 'z')
}
