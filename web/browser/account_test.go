package browser_test

import "testing"

func TestFirstAccount(t *testing.T) {
	t.Parallel()
	app := startEmpty(t)
	b := app.tab(t)
	b.tolerate("422", "404")
	b.open("/setup?token=" + app.setupToken())
	b.fill(field("Your name"), inesName)
	b.fill(field("Email address"), inesEmail)
	b.fill(field("Password"), "short")
	b.follow(button("Create account"))
	b.sees("problem")
	if got := b.value(field("Your name")); got != inesName {
		t.Errorf("name after an error: %q, want %q", got, inesName)
	}
	b.fill(field("Password"), inesPassword)
	b.follow(button("Create account"))
	b.open("/account")
	b.sees(inesEmail)
}
