package library

import (
	"regexp"
	"strconv"

	"plumbline/assessment"
	view "plumbline/templates/library"
	"plumbline/web/page"
)

// fewRemarks is up to how many remarks are one table; more are put together by what they say.
const fewRemarks = 40

// particular is what tells remarks of one kind apart: what is quoted, and numbers.
var particular = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|“[^”]*”|\d+(?:\.\d+)*`)

// remarkList returns remarks for a page, in groups by what they say where there are many.
func remarkList(remarks []assessment.Remark) view.RemarkList {
	list := view.RemarkList{Count: len(remarks)}
	place := map[string]int{}
	for _, remark := range remarks {
		title := ""
		if len(remarks) > fewRemarks {
			title = particular.ReplaceAllString(remark.Message, "…")
		}
		at, known := place[title]
		if !known {
			at = len(list.Groups)
			place[title] = at
			list.Groups = append(list.Groups, view.RemarkGroup{Title: title})
		}
		list.Groups[at].Rows = append(list.Groups[at].Rows, remarkRow(remark))
	}
	return list
}

func remarkRow(remark assessment.Remark) view.RemarkRow {
	row := view.RemarkRow{Path: page.Printable(remark.Path), Message: page.Printable(remark.Message)}
	if remark.Line > 0 {
		row.At = strconv.Itoa(remark.Line)
		if remark.Column > 0 {
			row.At += ":" + strconv.Itoa(remark.Column)
		}
	}
	return row
}
