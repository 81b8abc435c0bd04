package browser_test

import (
	"testing"

	"plumbline/assessment"
	"plumbline/content/microsoftcsv"
	"plumbline/templates"
)

// readReview reads the export of Microsoft's assessment site, as the program does.
func readReview(name string, data []byte) (*assessment.OtherReview, []string, error) {
	review, losses, err := microsoftcsv.Read(name, data)
	var lines []string
	for _, loss := range losses {
		lines = append(lines, loss.String())
	}
	return review, lines, err
}

const reviewCSV = "Cellar Review,,\n,,\nscores,'0/1',\n,,\nCategory,Link-Text,Link,CompleteY/N,Note\n" +
	"Reliability,RE:02 - Identify all user and system flows.,https://learn.microsoft.com/azure/well-architected/reliability/identify-flows,Y,Since May\n" +
	"Reliability,RE:05 - Use built-in redundancy.,https://learn.microsoft.com/azure/well-architected/reliability/redundancy,N,Not in Oslo\n" +
	"Reliability,RE:09 - Recover.,,N,\n"

// The way of an export into an assessment.
func TestAccessibleReviewImport(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.newAssessment("Claims triage").ID
	b := app.signedIn(t)
	b.tolerate("422", "409")
	b.open(templates.AssessmentURL(id))
	b.follow(link("Import answers").in("main"))
	b.accessible("import of answers")
	b.attach("export.csv", "Category,Link-Text\nC,T\"T\n")
	b.follow(button("Show rows"))
	b.sees("export.csv:2:4: a quotation mark inside a cell")
	b.accessible("import of a broken file")
	b.attach("export.csv", reviewCSV)
	b.follow(button("Show rows"))
	b.sees("Reasons: a link to the same page")
	b.click(summary("1 line"))
	b.accessible("rows to match")
	app.answer(id, map[string]assessment.Answer{"rel-01.p1": {Status: assessment.Absent, Note: "Meanwhile"}})
	b.follow(button("Import selected"))
	b.sees("Answered first")
	b.accessible("rows in conflict")
	b.click(css("#row-6 input[type=checkbox]"))
	b.follow(button("Import selected"))
	b.sees("2 answers imported")
	b.accessible("rows written")
	if got := app.stored(id, "rel-01.p1"); got.Status != assessment.Adopted {
		t.Errorf("stored %+v", got)
	}
	b.follow(button("Back to these rows"))
	b.sees("Already answered")
	b.accessible("rows that are answered")
}

// The same without the scripts of the page.
func TestPlainReviewImport(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.newAssessment("Claims triage").ID
	b := app.signedIn(t)
	b.scripts(false)
	b.open(templates.ReviewImportURL(id))
	b.attach("export.csv", reviewCSV)
	b.follow(button("Show rows"))
	b.sees("Reasons: a link to the same page")
	b.follow(button("Import selected"))
	b.sees("2 answers imported")
	if got := app.stored(id, "rel-01.p1"); got.Status != assessment.Adopted {
		t.Errorf("stored %+v", got)
	}
}
