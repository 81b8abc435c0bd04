package main

import (
	"plumbline/assessment"
	"plumbline/content/microsoftcsv"
)

// readReview reads the export of Microsoft's assessment site, for the page that brings its answers in.
func readReview(name string, data []byte) (*assessment.OtherReview, []string, error) {
	review, losses, err := microsoftcsv.Read(name, data)
	var lines []string
	for _, loss := range losses {
		lines = append(lines, loss.String())
	}
	return review, lines, err
}
