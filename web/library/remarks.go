package library

import (
	"regexp"
	"strconv"

	"plumbline/assessment"
	view "plumbline/templates/library"
	"plumbline/web/page"
)

const (
	fewRemarks    = 40  // up to so many are one table; more are put together by what they say
	remarksListed = 100 // so many are shown in all, and so many groups; the rest is counted
	otherRemarks  = "Other remarks"
)

// particular is what tells remarks of one kind apart: what is quoted, and numbers.
var particular = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|“[^”]*”|\d+(?:\.\d+)*`)

// remarkList returns remarks for a page, in groups by what they say where there are many.
func remarkList(remarks []assessment.Remark) view.RemarkList {
	list := view.RemarkList{Count: len(remarks)}
	place, listed := map[string]int{}, 0
	for _, remark := range remarks {
		title := ""
		if len(remarks) > fewRemarks {
			title = particular.ReplaceAllString(remark.Message, "…")
		}
		at, known := place[title]
		if !known && len(list.Groups) == remarksListed {
			title = otherRemarks
			at, known = place[title]
		}
		if !known {
			at = len(list.Groups)
			place[title] = at
			list.Groups = append(list.Groups, view.RemarkGroup{Title: title})
		}
		list.Groups[at].Count++
		if listed < remarksListed {
			listed++
			list.Groups[at].Rows = append(list.Groups[at].Rows, remarkRow(remark))
		}
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
