package webtest

func Stylesheet(b *Browser) string {
	return b.Get("/login").Page.Find("link[rel=stylesheet]").AttrOr("href", "")
}
