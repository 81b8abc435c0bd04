package templates

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// TestEveryActionHasWords reads the names of the actions from the source that declares them.
func TestEveryActionHasWords(t *testing.T) {
	actions := 0
	for _, file := range []string{"../assessment/audit.go", "../assessment/event.go"} {
		source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(source, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Audit") && !strings.HasPrefix(spec.Names[0].Name, "Event") {
				return true
			}
			action, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			actions++
			if AuditSays(action) == action {
				t.Errorf("%s has no words", action)
			}
			return false
		})
	}
	if actions < 30 {
		t.Errorf("only %d actions were found", actions)
	}
}

func TestAuditKinds(t *testing.T) {
	seen := map[string]string{}
	for _, option := range AuditKinds(false, "").Options {
		for _, action := range AuditActions(option.Value) {
			if seen[action] != "" {
				t.Errorf("%s is of the kind %s and %s", action, seen[action], option.Value)
			}
			seen[action] = option.Value
		}
	}
	if team, all := len(AuditKinds(true, "").Options), len(AuditKinds(false, "").Options); team >= all {
		t.Errorf("a team has %d kinds of %d", team, all)
	}
	if got := AuditActions("no such kind"); got != nil {
		t.Errorf("an unknown kind has %v", got)
	}
}
