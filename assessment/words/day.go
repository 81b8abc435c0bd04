package words

import (
	"strconv"
	"time"

	"plumbline/assessment"
)

// Day returns the day of a moment in its own zone, "28 Nov 2026", and a dash for the zero time.
func Day(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format("2 Jan 2006")
}

// Date returns a date as Day does, and nothing where there is none.
func Date(d assessment.Date) string {
	if d == "" {
		return ""
	}
	return Day(d.Time())
}

// Clock returns the time of day, "14:31".
func Clock(t time.Time) string { return t.Format("15:04") }

// DayTime returns the day and the time with the name of its zone: "28 Nov 2026, 14:31 UTC".
func DayTime(t time.Time) string { return t.Format("2 Jan 2006, 15:04 MST") }

// FileTime returns a moment as files have it, in UTC: "2026-11-28 14:31 UTC".
func FileTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// Moment returns the time of day where t is on the day of now, and the day where it is not.
func Moment(t, now time.Time) string {
	if !t.IsZero() && assessment.DateOf(t) == assessment.DateOf(now) {
		return Clock(t)
	}
	return Day(t)
}

// Ago returns how long ago something was: "just now", "12 s ago", "5 min ago", "3 h ago". It is meant for less than a
// day.
func Ago(d time.Duration) string {
	switch {
	case d < 5*time.Second:
		return "just now"
	case d < time.Minute:
		return strconv.Itoa(int(d.Seconds())) + " s ago"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min ago"
	}
	return strconv.Itoa(int(d.Hours())) + " h ago"
}
