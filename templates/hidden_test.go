package templates

import (
	"io/fs"
	"os"
	"strings"
	"testing"
)

// templ drops white space at the start of an element: what only screen readers read would run into the word before it.
func TestHiddenTextsKeepTheirSpace(t *testing.T) {
	files := os.DirFS(".")
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".templ") {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if strings.Contains(string(content), `<span class="vh"> `) {
			t.Errorf("%s: the space after a <span class=\"vh\"> is lost; write it in an expression", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
