package assessment

import (
	"fmt"
	"time"
)

// Date is a calendar day without a time zone, in the form 2006-01-02. The zero value is no date.
type Date string

// ParseDate returns the day that s names, and no date for the empty string. Anything but a day that exists in the years
// 1970–9999 is an Invalid error.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1970 {
		return "", &Error{Code: Invalid, Message: fmt.Sprintf("%q is not a date such as 2027-03-31", s)}
	}
	return Date(s), nil
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Before reports whether d is earlier than other; no date is earlier than none.
func (d Date) Before(other Date) bool { return d != "" && d < other }

// Time returns midnight UTC of the day, the zero time for no date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}
