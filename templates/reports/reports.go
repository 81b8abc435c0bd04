package reports

import (
	"fmt"
	"strconv"

	"plumbline/templates"
)

// ReportsView lists the stored reports of an assessment.
type ReportsView struct {
	templates.Page
	Rows      []ReportRow        // newest first
	Snapshots []templates.Option // to make a report of; newest first
	Compare   string             // address of the comparison page
	Take      string             // address of the timeline
	Unshared  string             // why the visitor may share none; empty where they may
	Denied    string             // why the visitor may have none drawn; empty where they may
}

// ReportRow is one stored report.
type ReportRow struct {
	Title  string
	Kind   string
	Format string
	Size   string
	Hash   string // SHA-256, hex
	Day    string
	Time   string
	By     string
	URL    string
	Show   string // address that shows it in the browser
	Share  string // address of the links to it; empty where the visitor may make none
}

// FileSize returns a size in words: 812 bytes, 45 kB, 1.2 MB.
func FileSize(bytes int64) string {
	switch {
	case bytes < 1000:
		return strconv.FormatInt(bytes, 10) + " bytes"
	case bytes < 999_500:
		return fmt.Sprintf("%.0f kB", float64(bytes)/1e3)
	default:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
}
