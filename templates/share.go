package templates

// ShareURL is the page of the links to a report.
func ShareURL(report string) string { return ReportURL(report) + "/share" }
