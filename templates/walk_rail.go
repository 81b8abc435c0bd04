package templates

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
	Cells      []RailCell
	Principles []RailPrinciple // of the pillar in hand only
}

// RailCell is the progress of one principle in the meter of its pillar; positions are percentages.
type RailCell struct {
	X, Width, Filled string // Filled is empty for nothing
	Now              bool
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

// NewRailCell returns cell i of n, of which the share of 0–1 is answered.
func NewRailCell(i, n int, share float64, now bool) RailCell {
	step := 100 / float64(n)
	width := step - min(1.4, step/5)
	cell := RailCell{X: percent(float64(i) * step), Width: percent(width), Now: now}
	if share > 0 {
		cell.Filled = percent(width * share)
	}
	return cell
}
