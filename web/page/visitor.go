package page

import (
	"context"
	"net/http"
	"net/netip"
	"strings"

	"github.com/go-chi/chi/v5/middleware"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/wording"
)

// Visitor is the person behind a request, with their session.
type Visitor struct {
	access.Actor
	Session access.Session
	Named   named            // by the address of the request, once Admit has read it
	Texts   wording.Comparer // for all that one answer compares
}

// VisitorOf returns the person behind a request, nil where nobody is signed in.
func VisitorOf(r *http.Request) *Visitor { return VisitorIn(r.Context()) }

// VisitorIn returns the person behind the request that a context belongs to, nil where nobody is signed in.
func VisitorIn(ctx context.Context) *Visitor {
	v, _ := ctx.Value(keyVisitor).(*Visitor)
	return v
}

// WithVisitor returns a context of a request behind which there is somebody.
func WithVisitor(ctx context.Context, v *Visitor) context.Context {
	if t := traceIn(ctx); t != nil {
		t.Visitor = v
	}
	return context.WithValue(ctx, keyVisitor, v)
}

// Trace is what is known of a request once it was answered.
type Trace struct {
	Visitor *Visitor // nil where nobody was signed in
	Err     error    // that it was answered with, where there was one
}

// WithTrace returns a context of a request that leaves a trace.
func WithTrace(ctx context.Context) (context.Context, *Trace) {
	t := &Trace{}
	return context.WithValue(ctx, keyTrace, t), t
}

// Failed leaves in the trace of a request what it was answered with.
func Failed(ctx context.Context, err error) {
	if t := traceIn(ctx); t != nil {
		t.Err = err
	}
}

func traceIn(ctx context.Context) *Trace {
	t, _ := ctx.Value(keyTrace).(*Trace)
	return t
}

// ActorOf returns who acts in a request: the person behind it, or a stranger, of whom only the address is known.
func ActorOf(r *http.Request) access.Actor {
	if v := VisitorOf(r); v != nil {
		return v.Actor
	}
	return access.Actor{Address: ClientAddress(r)}
}

// ClientAddress returns the address of the client, IPv6 cut to its /64 network.
func ClientAddress(r *http.Request) string {
	address := clientIP(r)
	if address.Is6() {
		return networkOf(address, 64)
	}
	return address.String()
}

// ClientNetwork returns the network that the address of the client is in: what one holder often has, a /24 of IPv4 and a
// /48 of IPv6.
func ClientNetwork(r *http.Request) string { return holderOf(clientIP(r)) }

// NetworkOf returns what ClientNetwork returned for an address that ClientAddress returned.
func NetworkOf(client string) string {
	if network, err := netip.ParsePrefix(client); err == nil {
		return holderOf(network.Addr())
	}
	address, _ := netip.ParseAddr(client)
	return holderOf(address)
}

func holderOf(address netip.Addr) string {
	if address.Is6() {
		return networkOf(address, 48)
	}
	return networkOf(address, 24)
}

func clientIP(r *http.Request) netip.Addr {
	address := middleware.GetClientIPAddr(r.Context())
	if !address.IsValid() {
		if port, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
			address = port.Addr()
		}
	}
	return address.Unmap()
}

func networkOf(address netip.Addr, bits int) string {
	network, err := address.Prefix(bits)
	if err != nil {
		return address.String()
	}
	return network.String()
}

// BrowserName returns what people call the browser of a user agent, with its system: Firefox on Linux.
func BrowserName(agent string) string {
	browser := firstNamed(agent, [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"},
		{"Safari/", "Safari"}, {"curl/", "curl"}})
	system := firstNamed(agent, [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"Linux", "Linux"}})
	switch {
	case browser == "" && system == "":
		return "Unknown browser"
	case browser == "":
		return "Unknown browser on " + system
	case system == "":
		return browser
	}
	return browser + " on " + system
}

// firstNamed returns the name beside the first mark that occurs in a text, empty for none.
func firstNamed(text string, names [][2]string) string {
	for _, name := range names {
		if strings.Contains(text, name[0]) {
			return name[1]
		}
	}
	return ""
}

// MembershipIn returns the role of somebody's membership of a team, "" where there is none.
func MembershipIn(actor access.Actor, team string) access.Role {
	for _, membership := range actor.Memberships {
		if membership.Team.ID == team {
			return membership.Role
		}
	}
	return ""
}

// TeamsIn returns the teams in which somebody may do something, by their names.
func (s reader) TeamsIn(ctx context.Context, actor access.Actor, action access.Action) ([]access.Team, error) {
	scope := actor.Teams(action)
	if scope.All {
		return s.store.Teams(ctx)
	}
	var teams []access.Team
	for _, membership := range actor.Memberships {
		if scope.Has(membership.Team.ID) {
			teams = append(teams, membership.Team)
		}
	}
	assessment.SortByName(teams, func(team access.Team) string { return team.Name })
	return teams, nil
}

// TeamNames returns the names of the teams that a person can see, by id.
func (s reader) TeamNames(ctx context.Context, actor access.Actor) (map[string]string, error) {
	names := map[string]string{}
	for _, m := range actor.Memberships {
		names[m.Team.ID] = m.Team.Name
	}
	if !actor.Teams(access.ActRead).All {
		return names, nil
	}
	teams, err := s.store.Teams(ctx)
	for _, team := range teams {
		names[team.ID] = team.Name
	}
	return names, err
}
