package webtest

import (
	"strings"
	"testing"

	"plumbline/assessment/access"
)

// BadNames are names that are refused, with what the answer says.
var BadNames = map[string]string{
	"":                          "Enter a",
	"  \t ":                     "Enter a",
	strings.Repeat("x", 121):    "121 characters; at most 120",
	strings.Repeat("ä", 10_000): "10000 characters",
	"two\nlines":                "U+000A",
	"nul\x00":                   "U+0000",
	"broken \xff\xfe":           "not UTF-8",
}

// OddNames are names that are stored as they were typed.
var OddNames = []string{"Zahlungen 🧾", "فريق الدفع", `<script>alert(1)</script>`, `"; DROP TABLE team; --`, "=1+1"}

// RoleOf returns what an account is in the team of the things.
func (c *Company) RoleOf(account string) access.Role {
	c.T.Helper()
	members, err := c.Store.Members(c.T.Context(), c.Things["team"])
	if err != nil {
		c.T.Fatal(err)
	}
	for _, m := range members {
		if m.User.ID == account {
			return m.Role
		}
	}
	return ""
}

// Want fails unless an answer has the status and says something at a place.
func Want(t testing.TB, what string, got Answer, status int, where, says string) {
	t.Helper()
	if got.Status != status {
		t.Errorf("%s: status %d, want %d", what, got.Status, status)
	}
	if text := TextOf(got.Page.Find(where)); !strings.Contains(text, says) {
		t.Errorf("%s: %s says %q, want %q", what, where, text, says)
	}
}

// Shown is a text as a message of a test can hold it.
func Shown(s string) string {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
