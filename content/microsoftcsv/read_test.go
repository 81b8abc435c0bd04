package microsoftcsv

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/readertest"
)

// export is a file of our own with the oddities of real ones.
const export = `Garden Review - Nov 17, 2023 - 2:38:53 AM,,,,,,,,,
,,,,,,,,,
Recommendations for your garden,,,,,,,,,
Your overall results,Critical,'0/120',,,,,,,
Soil,Critical,'0/200',,,,,,,
,,,,,,,,,
Next Steps,,,,,,,,,
Learn about compost.,https://example.org/compost,,,,,,,,
,,,,,,,,,
-----------,,,,,,,,,
Category,Link-Text,Link,Priority,ReportingCategory,ReportingSubcategory,Weight,Context,CompleteY/N,Note
Soil,RE:04 - Define healthy soil.,https://example.org/soil#health,High,RE:04,,'80',,N,
Soil,"Water, every day",https://example.org/water,Medium,RE:05,Pots,70,,Y,"Since May.
By hand: ""slow""."
Soil,'=Weed it,javascript:alert(1),Low,,,60,,maybe,
,,,,,,,,,
Category,Question,Answers,Selected Answer,Note,,,,,
Soil,How do you dig?,With a spade.,With a spade.,Mine,,,,,
Soil,How do you dig?,With hands.,,,,,,,
Soil,What grows?,None of the above.,None of the above.,,,,,,
,,,,,,,,,
Bye,,,,,,,,,
`

func TestRead(t *testing.T) {
	want := &assessment.OtherReview{Title: "Garden Review - Nov 17, 2023 - 2:38:53 AM", Rows: []assessment.ReviewRow{
		{Line: 12, Category: "Soil", Title: "RE:04 - Define healthy soil.", Link: "https://example.org/soil#health", Priority: "High", Code: "RE:04", Weight: "80"},
		{Line: 13, Category: "Soil", Title: "Water, every day", Link: "https://example.org/water", Priority: "Medium", Code: "RE:05", Weight: "70", Completed: true,
			Note: "Since May.\nBy hand: \"slow\"."},
		{Line: 15, Category: "Soil", Title: "=Weed it", Priority: "Low", Weight: "60"},
		{Line: 18, Category: "Soil", Question: "How do you dig?", Title: "With a spade.", Completed: true, Note: "Mine"},
	}}
	const told = `3:1: not read: "Recommendations for your garden"
4:1: not read: "Your overall results, Critical, 0/120"
5:1: not read: "Soil, Critical, 0/200"
7:1: not read: "Next Steps"
8:1: not read: "Learn about compost., https://example.org/compost"
10:1: not read: "-----------"
13:64: reportingsubcategory: not read: "Pots"
15:16: link: not an http or https address: "javascript:alert(1)" is left out
15:46: completey/n: expected Y or N, found "maybe": read as N
20:1: answers: "None of the above." was selected for "What grows?": it says nothing about a practice
22:1: not read: "Bye"`
	for name, data := range map[string]string{
		"as it is":    export,
		"Windows":     "\ufeff" + strings.ReplaceAll(export, "\n", "\r\n"),
		"spreadsheet": strings.NewReplacer(`"Water, every day"`, `"Water, every day"`, ",", ";").Replace(strings.ReplaceAll(export, "Water, every", "Water every")),
	} {
		got, losses, err := Read("x.csv", []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "spreadsheet" {
			if len(got.Rows) != 4 || got.Rows[1].Note != want.Rows[1].Note {
				t.Errorf("%s: %+v", name, got.Rows)
			}
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v\nwant %+v", name, got, want)
		}
		if losses.String() != told {
			t.Errorf("%s: losses\n%s\nwant\n%s", name, losses, told)
		}
	}
}

func TestReadOtherColumns(t *testing.T) {
	got, losses, err := Read("x.csv", []byte("Note,Link-Text,category,Colour\nn,T,C,red\n,,C\n"))
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Note != "n" || got.Rows[0].Category != "C" || got.Rows[0].Line != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, want := range []string{"1:1: the table has no link, priority, reportingcategory, reportingsubcategory, weight, context, completey/n\n", `1:25: the column "Colour" is not read`, "3:1: linktext: the row is empty: left out"} {
		if !strings.Contains(losses.String(), want) {
			t.Errorf("%s\nis not in\n%s", want, losses)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	const header = "Category,Link-Text,Note\n"
	rows := strings.Repeat("C,T,N\n", 1_000)
	tests := []struct {
		name, data, want string
	}{
		{"empty", "", "x.csv:1:1: no row with the headers Category and Link-Text"},
		{"another file", "Pillar,Category,Caption,Description\na,b,c,d\n", "x.csv:1:1: no row with the headers"},
		{"only answers", "Category,Question,Answers,Selected Answer,Note\na,b,c,c,\n", "x.csv:1:1: no row with the headers"},
		{"mark in a cell", header + "C,é \"T\",\n", "x.csv:2:5: a quotation mark inside a cell"},
		{"mark never closed", header + "C,T,\nC,\"T,\n", "x.csv:"},
		{"text after the mark", header + "C,\"T\" x,\n", "x.csv:2:5: text after a closing quotation mark"},
		{"bad row 999 of 1,000", header + strings.Repeat("C,T,N\n", 998) + "C,T\"T,N\nC,T,N\n", "x.csv:1000:4: a quotation mark inside a cell"},
		{"mark twice", header + "C,T,\"a\"b\"\n", "x.csv:2:7: text after"},
		{"not UTF-8", header + "C,é\xff,\n", "x.csv:2:4: this is not UTF-8 text"},
		{"NUL", "C\x00", "x.csv:1:2: this is not UTF-8 text"},
		{"UTF-16", "\xff\xfeC\x00", "x.csv:1:1: this is not UTF-8 text"},
		{"too many rows", header + rows + "C,T,N\n", "x.csv:1002:1: expected at most 1000 rows with content"},
		{"too many lines", header + strings.Repeat(",\n", maxRecords), "x.csv:20001:1: expected at most 20000 rows"},
		{"too wide", header + strings.Repeat("é,", 10_001), "x.csv:2:129: expected at most 64 cells in a row"},
	}
	for _, tt := range tests {
		start := time.Now()
		got, losses, err := Read("x.csv", []byte(tt.data))
		if got != nil || losses != nil || err == nil || !strings.HasPrefix(err.Error(), tt.want) || assessment.CodeOf(err) != assessment.Invalid {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s took %v", tt.name, took)
		}
	}
	if _, _, err := Read("x.csv", make([]byte, content.MaxSize+1)); assessment.CodeOf(err) != assessment.TooLarge {
		t.Errorf("too large: %v", err)
	}
	if got, _, err := Read("x.csv", []byte(header+rows)); err != nil || len(got.Rows) != 1_000 {
		t.Errorf("1,000 rows: %v", err)
	}
}

func TestReadLongTexts(t *testing.T) {
	data := fmt.Sprintf("Category,Link-Text,Note\nC,%s,%s\n", strings.Repeat("é", 501), strings.Repeat("n", 10_000))
	got, losses, err := Read("x.csv", []byte(data))
	if err != nil || len([]rune(got.Rows[0].Title)) != maxTitle || len(got.Rows[0].Note) != maxNote || !strings.Contains(losses.String(), "2:505: note: the text is cut off after 8000 of 10000 characters") {
		t.Errorf("%v\n%s", err, losses)
	}
}

// Exports in the folder that PLUMBLINE_SAMPLES names are read too.
func TestReadSamples(t *testing.T) {
	folder := os.Getenv("PLUMBLINE_SAMPLES")
	if folder == "" {
		return
	}
	samples, err := filepath.Glob(filepath.Join(folder, "microsoft-csv", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range samples {
		data, err := os.ReadFile(sample)
		if err != nil {
			t.Fatal(err)
		}
		review, losses, err := Read(filepath.Base(sample), data)
		if err != nil {
			t.Log(err)
			continue
		}
		t.Logf("%s: %q, %d rows, %d losses", sample, review.Title, len(review.Rows), len(losses))
	}
}

// Read takes any bytes; every row of what it gives says something, each on a line of its own.
func FuzzRead(f *testing.F) {
	f.Add([]byte(export))
	f.Add([]byte("\ufeffCategory;Link-Text\r\n'a';\"b\r\n\"\r\n"))
	f.Add([]byte("category\tlink text\tlink\n'\t'''\thttp://[::1\n"))
	f.Add([]byte("Category,Link-Text\n\"a\nb\",c\n\"a\",\"\u2028\x01\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var review *assessment.OtherReview
		var err error
		readertest.Within(t, len(data), func() { review, _, err = Read("f", data) })
		if err != nil {
			return
		}
		line := 0
		for _, row := range review.Rows {
			if row.Title == "" || row.Line <= line {
				t.Errorf("row %+v after line %d", row, line)
			}
			line = row.Line
			if err := assessment.CheckAnswer(assessment.Answer{Note: row.Note}); err != nil {
				t.Errorf("note %q: %v", row.Note, err)
			}
		}
	})
}

// A row may be longer than its header, and a header may have gaps.
func TestCellsWithoutColumn(t *testing.T) {
	_, losses, err := Read("x.csv", []byte("Category,,Link-Text\nSoil,one,Dig,two\n"))
	const want = "2:6: a cell without a column: not read: \"one\"\n2:14: a cell without a column: not read: \"two\""
	if err != nil || !strings.HasSuffix(losses.String(), want) {
		t.Errorf("%v, losses:\n%s", err, losses)
	}
}

// The header tells what parts the cells, whatever stands in them.
func TestSeparator(t *testing.T) {
	for separator, name := range map[string]string{",": "comma", ";": "semicolon", "\t": "tab"} {
		file := strings.ReplaceAll("Category|Link-Text\nSoil|Dig\n\nCategory|Question|Answers|Selected Answer|Note\n", "|", separator)
		got, _, err := Read("x.csv", []byte(file+"Category;Link-Text\nCategory\tLink-Text\n"))
		if err != nil || got.Rows[0].Title != "Dig" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
