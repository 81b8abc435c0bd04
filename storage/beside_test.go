package storage

import (
	"os"
	"strconv"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestOpenBeside(t *testing.T) {
	folder := t.TempDir()
	t.Run("NoDatabase", func(t *testing.T) {
		if _, err := OpenBeside(t.Context(), Options{Folder: folder}); assessment.CodeOf(err) != assessment.NotFound {
			t.Errorf("error %v, want NotFound", err)
		}
	})
	t.Run("WhileServing", func(t *testing.T) {
		serving, err := Open(t.Context(), Options{Folder: folder})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = serving.Close() }()
		beside, err := OpenBeside(t.Context(), Options{Folder: folder})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := beside.CreateUser(t.Context(), access.Actor{}, access.User{Email: "mei@example.com", Name: "Mei"}); err != nil {
			t.Fatal(err)
		}
		if err := beside.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := serving.UserByEmail(t.Context(), "mei@example.com"); err != nil {
			t.Errorf("the server does not see the account: %v", err)
		}
	})
	t.Run("BarredWhileServing", func(t *testing.T) {
		serving := openStore(t, Options{Folder: folder})
		mei := must(serving.UserByEmail(t.Context(), "mei@example.com"))(t)
		now := time.Now()
		check(t, serving.CreateSession(t.Context(), access.Actor{}, access.Session{Hash: "h", User: mei.ID, CreatedAt: now, SeenAt: now,
			ExpiresAt: now.Add(time.Hour)}))
		if _, _, err := serving.Session(t.Context(), "h"); err != nil {
			t.Fatal(err)
		}
		beside := must(OpenBeside(t.Context(), Options{Folder: folder}))(t)
		check(t, beside.SetUserDisabled(t.Context(), access.Actor{}, mei.ID, true))
		check(t, beside.Close())
		_, _, err := serving.Session(t.Context(), "h")
		wantCode(t, err, assessment.NotFound)
	})
}

func TestServedElsewhere(t *testing.T) {
	here := strconv.Itoa(os.Getpid())
	const nobody = "2147483647"
	for _, tt := range []struct {
		disk, process string
		want          bool
	}{
		{"NFS", nobody, true},
		{"NFS", here, false},
		{"NFS", "", false},
		{"NFS", "unknown (its plumbline.lock is gone)", false},
		{"", nobody, false}, // in a container
	} {
		if got := servedElsewhere(tt.disk, tt.process); got != tt.want {
			t.Errorf("%q, process %q: got %t", tt.disk, tt.process, got)
		}
	}
}
