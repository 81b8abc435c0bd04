package webtest

import (
	"net/url"
	"strconv"
)

// AnswerForm is what a page sends to answer the practice among the things.
func (c *Company) AnswerForm() url.Values {
	c.T.Helper()
	practice := c.Things["practice"]
	version := c.State(c.Things["assessment"]).State.Answer(practice).Version
	return url.Values{"version." + practice: {strconv.Itoa(version)}, "status." + practice: {"partial"}, "reason." + practice: {""}, "note." + practice: {""}}
}

// Cookie returns the session cookie of a browser, as it is sent.
func (b *Browser) Cookie() string {
	b.T.Helper()
	address, err := url.Parse(b.Server.URL)
	if err != nil {
		b.T.Fatal(err)
	}
	for _, cookie := range b.Client.Jar.Cookies(address) {
		if cookie.Name == "sid" {
			return cookie.String()
		}
	}
	b.T.Fatal("the browser has no session")
	return ""
}
