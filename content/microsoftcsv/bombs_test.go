package microsoftcsv

import (
	"strings"
	"testing"

	"plumbline/content"
	"plumbline/content/readertest"
)

// TestBombs reads what is made to cost far more than its size.
func TestBombs(t *testing.T) {
	filled := func(name, head, part, tail string) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: readertest.Filled(content.MaxSize, head, part, tail)}
	}
	rows := func(name, head, part string, n int) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: head + strings.Repeat(part, n)}
	}
	const head = "Category,Link-Text\n"
	readertest.Try(t, func(data []byte) error {
		_, _, err := Read("f", data)
		return err
	},
		filled("cells", head, ",", "\n"), filled("cells in quotes", head, `"a",`, "\n"), filled("cells behind quotes", head+`"`, `"",`, "\n"), filled("rows", head, "a,b\n", ""), filled("empty lines", head, "\n", ""),
		rows("wide rows", head, strings.Repeat("a,", maxCells-1)+"\n", maxRecords-1), rows("wide headers", "", "Category,Link-Text,"+strings.Repeat("x,", maxCells-3)+"\n", maxRecords-1),
		rows("rows that say nothing", head, "a,\n", maxRecords-1), rows("wrong links", "Category,Link-Text,Link\n", "a,b,c\n", maxRows), filled("one cell", head+`a,"`, "word ", "\"\n"),
		filled("marks of quotation", head+`a,"`, `""`, "\"\n"), filled("an open quotation", head+`a,"`, "b\n", ""), filled("a bare mark", head, "a\"b,", "\n"))
}
