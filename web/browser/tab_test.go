package browser_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take to show what a test waits for, on a machine that does much else.
const patience = time.Minute

// tab is one page of a browser that nobody else uses: cookies and storage are its own.
type tab struct {
	t   testing.TB
	app *application
	ctx context.Context

	mu        sync.Mutex
	faults    []string // what no page may do: exceptions, errors on the console, dialogs, violations of the content policy
	tolerated []string
	asked     int   // how often the browser asked before it left what is not saved
	status    int64 // of the last document
}

// tab opens a browser of its own. What goes wrong in it fails the test, with a picture of the page.
func (a *application) tab(t testing.TB) *tab {
	t.Helper()
	b := &tab{t: t, app: a}
	ctx, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext(), chromedp.WithListener(b.hear))
	b.ctx = ctx
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	call(b, audits.Enable, cdp.Empty{})
	call(b, network.Enable, network.EnableParams{})
	b.screen(1440, 1000)
	t.Cleanup(b.finish)
	return b
}

// signedIn opens a browser in which Ines is signed in.
func (a *application) signedIn(t testing.TB) *tab {
	t.Helper()
	b := a.tab(t)
	b.open("/login")
	b.signIn()
	return b
}

// signedInAs opens a browser in which somebody else is signed in.
func (a *application) signedInAs(t testing.TB, email string) *tab {
	t.Helper()
	b := a.tab(t)
	b.open("/login")
	b.signInAs(email)
	return b
}

// signIn fills in the sign-in page, which must be open, for Ines.
func (b *tab) signIn() {
	b.t.Helper()
	b.signInAs(inesEmail)
}

func (b *tab) signInAs(email string) {
	b.t.Helper()
	b.fill(field("Email address"), email)
	b.fill(field("Password"), inesPassword)
	b.follow(button("Sign in"))
}

// signOut opens the menu of the account and signs out.
func (b *tab) signOut() {
	b.t.Helper()
	b.click(summary("account menu"))
	b.follow(button("Sign out"))
}

// call sends a command of the DevTools protocol to the tab.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	result, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.t.Fatal(err)
	}
	return result
}

// hear collects what the browser says about its pages. It runs on the goroutine that reads from the browser.
func (b *tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.fault("exception: " + exceptionText(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.fault("console: " + consoleText(e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.fault(fmt.Sprintf("log: %s (%s)", e.Entry.Text, e.Entry.URL))
		}
	case *audits.EventIssueAdded:
		if e.Issue.Code == audits.InspectorIssueCodeContentSecurityPolicyIssue {
			b.fault("content policy: " + e.Issue.Details.ContentSecurityPolicyIssueDetails.ViolatedDirective)
		}
	case *page.EventJavascriptDialogOpening:
		if e.Type == page.DialogTypeBeforeunload {
			b.mu.Lock()
			b.asked++
			b.mu.Unlock()
		} else {
			b.fault("dialog: " + e.Message)
		}
		go func() {
			_, _ = chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			b.mu.Lock()
			b.status = e.Response.Status
			b.mu.Unlock()
		}
	}
}

func exceptionText(details *runtime.ExceptionDetails) string {
	if details.Exception != nil && details.Exception.Description != "" {
		return details.Exception.Description
	}
	return details.Text
}

func consoleText(arguments []*runtime.RemoteObject) string {
	var words []string
	for _, argument := range arguments {
		words = append(words, strings.TrimSpace(argument.Description+" "+string(argument.Value)))
	}
	return strings.Join(words, " ")
}

func (b *tab) fault(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, text)
}

// tolerate lets what contains text pass: the browser reports each refused request, and some are what a test is about.
func (b *tab) tolerate(text ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tolerated = append(b.tolerated, text...)
}

// wrong returns what went wrong in the tab so far.
func (b *tab) wrong() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var wrong []string
	for _, fault := range b.faults {
		if !containsAny(fault, b.tolerated) {
			wrong = append(wrong, fault)
		}
	}
	return wrong
}

func containsAny(s string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// finish fails the test where the page did what no page may do, and keeps a picture of a failure.
func (b *tab) finish() {
	for _, fault := range b.wrong() {
		b.t.Errorf("in the browser: %s", fault)
	}
	if !b.t.Failed() {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
	if err != nil {
		b.t.Logf("no picture of the failure: %v", err)
		return
	}
	file, err := os.CreateTemp("", "plumbline-"+strings.ReplaceAll(b.t.Name(), "/", "-")+"-*.jpg")
	if err != nil {
		b.t.Logf("no picture of the failure: %v", err)
		return
	}
	_, err = file.Write(picture)
	where, _ := chromedp.Run(ctx, chromedp.Location())
	b.t.Logf("the page at %s, see %s (%v)", where, file.Name(), errors.Join(err, file.Close()))
}

// lastStatus is the status of the last page.
func (b *tab) lastStatus() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.status
}
