package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web/page"
)

// userCommand is what operators do to accounts, also while the server runs.
type userCommand struct {
	configured
	Data string `help:"Folder of the database." default:"data" env:"PLUMBLINE_DATA" type:"path"`
	URL  string `help:"Public address of the installation; default: derived from the address that the server listens on." env:"PLUMBLINE_URL"`
	Addr string `help:"Address that the server listens on." default:"127.0.0.1:8080" env:"PLUMBLINE_ADDR"`

	TLSCert string `name:"tls-cert" help:"Certificate of the server, if it serves HTTPS itself." env:"PLUMBLINE_TLS_CERT" type:"path"`

	List    userListCommand    `cmd:"" help:"List the accounts."`
	Create  userCreateCommand  `cmd:"" help:"Create an account and print the link that sets its password."`
	Reset   userResetCommand   `cmd:"" help:"Print a link that sets a new password."`
	Disable userDisableCommand `cmd:"" help:"Disable an account, end its sessions and revoke its API tokens."`
	Enable  userEnableCommand  `cmd:"" help:"Enable a disabled account."`

	Anonymize userAnonymizeCommand `cmd:"" help:"Permanently remove the name and address of a disabled account."`
}

// linkLifetime is how long a link that sets a password is valid.
const linkLifetime = 24 * time.Hour

// operator is whom the audit log names for what is done on the command line.
var operator = access.Actor{User: access.User{Name: "Operator"}, Address: "command line"}

// with opens the database beside a running server for one task.
func (c *userCommand) with(ctx context.Context, work func(*storage.Store) error) error {
	return beside(ctx, c.Data, work)
}

// beside opens the database of a data folder, also beside a running server, for one task.
func beside(ctx context.Context, folder string, work func(*storage.Store) error) error {
	store, err := storage.OpenBeside(ctx, storage.Options{Folder: folder})
	if err != nil {
		return err
	}
	return errors.Join(work(store), store.Close())
}

// base returns the address under which people reach the server, without a slash at its end.
func (c *userCommand) base() string {
	if c.URL != "" {
		return strings.TrimRight(c.URL, "/")
	}
	at := c.Addr
	if host, port, err := net.SplitHostPort(c.Addr); err == nil {
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			at = net.JoinHostPort("localhost", port)
		}
	}
	if c.TLSCert != "" {
		return "https://" + at
	}
	return "http://" + at
}

func (c *userCommand) printLink(ctx context.Context, store *storage.Store, std streams, user access.User) error {
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkReset, User: user.ID,
		ExpiresAt: time.Now().Add(linkLifetime)}
	if err := store.CreateLink(ctx, operator, link); err != nil {
		return err
	}
	_, err := fmt.Fprintf(std.out, "Send this link to %s to set the password. It works once, within a day, and ends all sessions, API tokens and single sign-on of the account:\n\n  %s%s?token=%s\n",
		user.Email, c.base(), templates.ResetURL, token)
	return err
}

type userListCommand struct{ format }

// listedUser is an account in JSON.
type listedUser struct {
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Admin     bool      `json:"admin"`
	Confirmed bool      `json:"address_confirmed"`
	Disabled  bool      `json:"disabled"`
	CreatedAt time.Time `json:"created_at"`
}

// Run prints every account.
func (l *userListCommand) Run(ctx context.Context, std streams, root *commands) error {
	return root.User.with(ctx, func(store *storage.Store) error {
		users, err := store.Users(ctx)
		if err != nil {
			return err
		}
		list := make([]listedUser, len(users))
		for i, u := range users {
			list[i] = listedUser{Email: u.Email, Name: u.Name, Admin: u.Admin, Confirmed: u.Confirmed(), Disabled: u.Disabled(), CreatedAt: u.CreatedAt}
		}
		if l.json() {
			return printJSON(std.out, list)
		}
		return table(std.out, func(row func(string, ...any)) {
			for _, u := range list {
				row("%s\t%s\t%s", u.Email, u.Name, rights(u))
			}
		})
	})
}

func rights(u listedUser) string {
	words := []string{}
	if u.Admin {
		words = append(words, "admin")
	}
	if !u.Confirmed {
		words = append(words, "address not confirmed")
	}
	if u.Disabled {
		words = append(words, "disabled")
	}
	return strings.Join(words, ", ")
}

type userCreateCommand struct {
	Email string `arg:"" help:"Email address to sign in with."`
	Name  string `help:"Name shown next to what the person does." required:""`
	Admin bool   `help:"Make the account an administrator of the installation."`
}

// Run creates the account without a password and prints the link that sets it.
func (u *userCreateCommand) Run(ctx context.Context, std streams, root *commands) error {
	person, err := access.CheckPerson(u.Name, u.Email)
	if err != nil {
		return err
	}
	person.Admin = u.Admin
	return root.User.with(ctx, func(store *storage.Store) error {
		created, err := store.CreateUser(ctx, operator, person)
		if err != nil {
			return err
		}
		if err := join(ctx, store, created); err != nil {
			return err
		}
		return root.User.printLink(ctx, store, std, created)
	})
}

// join adds a person to the first team, an admin as its lead, others as architects. It creates the team if there is none.
func join(ctx context.Context, store *storage.Store, user access.User) error {
	teams, err := store.Teams(ctx)
	if err != nil {
		return err
	}
	if len(teams) == 0 {
		first, err := store.CreateTeam(ctx, operator, storage.FirstTeam)
		if err != nil {
			return err
		}
		teams = append(teams, first)
	}
	role := access.Architect
	if user.Admin {
		role = access.Lead
	}
	return store.SetMembership(ctx, operator, user.ID, teams[0].ID, role)
}

type userResetCommand struct {
	Email string `arg:"" help:"Address of the account."`
}

// Run prints a link that sets a new password.
func (u *userResetCommand) Run(ctx context.Context, std streams, root *commands) error {
	return root.User.with(ctx, func(store *storage.Store) error {
		user, err := store.UserByEmail(ctx, u.Email)
		if err != nil {
			return err
		}
		return root.User.printLink(ctx, store, std, user)
	})
}

type userDisableCommand struct {
	Email string `arg:"" help:"Address of the account."`
}

// Run disables the account. Its sessions end with their next request.
func (u *userDisableCommand) Run(ctx context.Context, std streams, root *commands) error {
	return root.User.setDisabled(ctx, std, u.Email, true)
}

type userEnableCommand struct {
	Email string `arg:"" help:"Address of the account."`
}

// Run enables the account again.
func (u *userEnableCommand) Run(ctx context.Context, std streams, root *commands) error {
	return root.User.setDisabled(ctx, std, u.Email, false)
}

func (c *userCommand) setDisabled(ctx context.Context, std streams, email string, disabled bool) error {
	return c.with(ctx, func(store *storage.Store) error {
		user, err := store.UserByEmail(ctx, email)
		if err != nil {
			return err
		}
		if err := store.SetUserDisabled(ctx, operator, user.ID, disabled); err != nil {
			return err
		}
		word := "can sign in again"
		if disabled {
			word = "can no longer sign in"
		}
		_, err = fmt.Fprintf(std.out, "%s %s\n", user.Email, word)
		return err
	})
}

type userAnonymizeCommand struct {
	Email   string `arg:"" help:"Address of the account."`
	Confirm string `help:"The address again: what this command does cannot be undone." placeholder:"EMAIL"`
}

// anonymizing says what happens, before it does.
const anonymizing = `Anonymizing cannot be undone. The account gets a number instead of its name and address. Its password, single sign-on, API
tokens and team memberships are removed, and the audit log no longer shows the person's name and addresses.

The name stays on the person's work in assessments: answers, decisions, plan items, change history, reports and snapshots.
It also stays in backups, downloaded files and logs that were sent elsewhere.

To continue: plumbline user anonymize %[1]s --confirm %[1]s
`

// Run anonymizes the account if its address was typed twice, and explains what that means otherwise.
func (u *userAnonymizeCommand) Run(ctx context.Context, std streams, root *commands) error {
	return root.User.with(ctx, func(store *storage.Store) error {
		user, err := store.UserByEmail(ctx, u.Email)
		if err != nil {
			return err
		}
		if access.FoldEmail(u.Confirm) != user.Email {
			fmt.Fprintf(std.err, anonymizing, user.Email)
			return errReported
		}
		after, err := store.Anonymize(ctx, operator, user.ID, 0)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "The account is anonymized. It is now called %s\n", after.Name)
		return err
	})
}
