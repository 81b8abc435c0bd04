package formats_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/formats"
)

func TestRegistry(t *testing.T) {
	var r formats.Registry
	if all := r.Formats(); len(all) != len(formats.All())+1 || all[0].Kind != formats.OwnKind {
		t.Errorf("got %+v", all)
	}
	builtin, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := r.WriteYAML(&file, builtin); err != nil {
		t.Fatal(err)
	}
	kind, ok := r.Detect("x.yaml", file.Bytes())
	if q, _, err := r.Import(kind, "x.yaml", file.Bytes()); !ok || err != nil || q.ID != builtin.ID {
		t.Errorf("%s: %v", kind, err)
	}
	lens, losses, err := r.Lens(builtin)
	if err != nil || len(losses) == 0 {
		t.Fatalf("%d losses, %v", len(losses), err)
	}
	if kind, _ := r.Detect("x", lens); kind != "aws-lens" {
		t.Errorf("the lens is detected as %q", kind)
	}
}

func TestRegistryRefuses(t *testing.T) {
	var r formats.Registry
	_, _, err := r.Import(formats.OwnKind, `C:\temp\q.yaml`, []byte("format: x\n"))
	refused, ok := errors.AsType[*assessment.RefusedFile](err)
	if !ok || assessment.CodeOf(err) != assessment.Invalid || refused.Problems[0].Line != 1 || refused.Problems[0].Message == "" {
		t.Errorf("a broken file: %v", err)
	}
	_, _, err = r.Import("word", "q", nil)
	if got := assessment.CodeOf(err); got != assessment.Invalid {
		t.Errorf("an unknown format: %v", err)
	}
	_, _, err = r.Import("aws-lens", "q", make([]byte, content.MaxSize+1))
	if got := assessment.CodeOf(err); got != assessment.TooLarge {
		t.Errorf("too large: %v", err)
	}
}

// TestRegistryNamesTheFileInAnArchive holds that a place in a zip is not a line of some file.
func TestRegistryNamesTheFileInAnArchive(t *testing.T) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	file, err := w.Create("model/business_functions/One.yml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte("id: a\nid: b\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, _, err = formats.Registry{}.Import("samm", "samm.zip", packed.Bytes())
	refused, ok := errors.AsType[*assessment.RefusedFile](err)
	if !ok || refused.Problems[0].Line != 2 || refused.Problems[0].Path != "model/business_functions/One.yml" {
		t.Errorf("got %+v, %v", refused, err)
	}
}
