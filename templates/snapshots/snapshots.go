package snapshots

import (
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// SnapshotsView is the timeline of an assessment's snapshots, with the form that takes one.
type SnapshotsView struct {
	templates.Page
	Action  string
	Bands   templates.Bands
	Form    SnapshotForm
	Rows    []SnapshotRow // newest first
	Trend   Trend
	Chain   string // what comparing each hash with the one that the next names has shown; empty for none and one
	Broken  bool   // the chain is
	Compare string // address; empty with fewer than two snapshots
	Reports string // address
	Denied  string // why the visitor may take none; empty where they may
}

// SnapshotForm is what a person types to take a snapshot.
type SnapshotForm struct {
	Title   string
	Note    string
	Version int    // number of the newest snapshot when the form was drawn
	Newer   string // says who took another one since, or why none is taken now; empty for neither
	Errors  templates.FormErrors
}

// SnapshotRow is one snapshot of the timeline.
type SnapshotRow struct {
	ID       string
	Title    string
	URL      string
	Document string // address
	Compare  string // address of the comparison with the one before; empty for the first
	Day      string
	Time     string
	By       string
	Note     string
	Hash     string // SHA-256, hex
	Report   bool   // the visitor may have a report drawn
	Approved string // by whom and when; empty while nobody has approved it
	Overall  assessment.Score
	Was      assessment.Range // of the one before; not applicable for the first
	Change   string           // signed, of the low score; empty for the first
}

// Trend draws the overall score of snapshots over time.
type Trend struct {
	Points []TrendPoint // oldest first
	First  string       // what stands below the first and the last
	Last   string
	Even   bool // spaced evenly instead of by date
}

// TrendPoint is one snapshot of a trend; X is 0–100.
type TrendPoint struct {
	X     float64
	Range assessment.Range
}

// Joins are the pairs of neighbours, between which a line runs.
func (t Trend) joins() [][2]TrendPoint {
	var pairs [][2]TrendPoint
	for i := 1; i < len(t.Points); i++ {
		pairs = append(pairs, [2]TrendPoint{t.Points[i-1], t.Points[i]})
	}
	return pairs
}

func (t Trend) label(b templates.Bands) string {
	s := "Overall score of " + strconv.Itoa(len(t.Points)) + " snapshots, oldest first: "
	for i, point := range t.Points {
		if i > 0 {
			s += ", "
		}
		s += words.Score(b, point.Range)
	}
	return s
}

// trendX is where a point of 0–100 lies between the axis's labels and the edge.
func trendX(x float64) string { return templates.Percent(9 + 0.88*x) }

// trendY is the height of a score in pixels: 100 is at 8, 0 at 108.
func trendY(score float64) string { return strconv.FormatFloat(108-score, 'f', 1, 64) }

// trendHeight is the length of a range in pixels, at least as long as it takes to be seen.
func trendHeight(r assessment.Range) string {
	return strconv.FormatFloat(max(r.High-r.Low, 1.5), 'f', 1, 64)
}
