package browser_test

import "testing"

func TestAccessibleAccounts(t *testing.T) {
	t.Parallel()
	app := startEmpty(t)
	b := app.tab(t)
	b.tolerate("422", "404", "401")
	b.open("/setup?token=" + app.setupToken())
	b.accessible("setup")
	b.follow(button("Create the account"))
	b.sees("another look")
	b.accessible("setup with errors")
	b.fill(field("Your name"), inesName)
	b.fill(field("Email address"), inesEmail)
	b.fill(field("Password"), inesPassword)
	b.follow(button("Create the account"))
	b.open("/account")
	b.accessible("account")
	b.follow(button("Change the password"))
	b.accessible("account with errors")
	b.follow(button("Sign out"))
	b.open("/nothing")
	b.accessible("not found")
	b.open("/login")
	b.accessible("sign in")
	b.fill(field("Email address"), inesEmail)
	b.fill(field("Password"), "not the password")
	b.follow(button("Sign in"))
	b.accessible("sign in, refused")
}
