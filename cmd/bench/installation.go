package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
)

// password is that of every account here.
const password = "a plumb line hangs"

// installation is a data folder with people and one assessment whose practices are all answered.
type installation struct {
	store         *storage.Store
	questionnaire *assessment.Questionnaire
	assessment    string                // id
	principle     *assessment.Principle // with the most practices
	page          string                // its path
}

// install fills a data folder. The store is left open.
func install(ctx context.Context, folder string, people int) (*installation, error) {
	store, err := storage.Open(ctx, storage.Options{Folder: folder})
	if err != nil {
		return nil, err
	}
	i := &installation{store: store}
	if err := i.fill(ctx, people); err != nil {
		return nil, errors.Join(fmt.Errorf("fill the example: %w", err), store.Close())
	}
	return i, nil
}

func (i *installation) fill(ctx context.Context, people int) error {
	actor, err := i.employ(ctx, people)
	if err != nil {
		return err
	}
	if i.questionnaire, err = content.Builtin(); err != nil {
		return err
	}
	stored, err := i.store.SaveQuestionnaire(ctx, i.questionnaire)
	if err != nil {
		return err
	}
	started, err := i.store.CreateWorkload(ctx, actor, assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: "Claims triage assistant"}, stored.SHA256, nil)
	if err != nil {
		return err
	}
	i.assessment = started.ID
	var saves []assessment.SaveAnswer
	answers, most := exampleAnswers(i.questionnaire), 0
	count := map[*assessment.Principle]int{}
	for principle, practice := range practices(i.questionnaire) {
		saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Answer: answers[practice.ID]})
		count[principle]++
		if count[principle] >= most {
			most, i.principle = count[principle], principle
		}
	}
	i.page = templates.PrincipleURL(i.assessment, i.principle.ID)
	_, err = i.store.SaveAnswers(ctx, actor, i.assessment, saves)
	return err
}

// employ creates the people, all leads of one team, and returns the first of them.
func (i *installation) employ(ctx context.Context, people int) (assessment.Actor, error) {
	var first assessment.Actor
	hash, err := web.HashPassword(password, email(0), "Person 0")
	if err != nil {
		return first, err
	}
	token := web.NewToken()
	link := assessment.OneTimeLink{TokenHash: web.HashToken(token), Kind: assessment.LinkSetup, ExpiresAt: time.Now().Add(time.Hour)}
	if err := i.store.CreateLink(ctx, link); err != nil {
		return first, err
	}
	first.User, err = i.store.UseSetupLink(ctx, link.TokenHash, assessment.User{Email: email(0), Name: "Person 0", PasswordHash: hash})
	if err != nil {
		return first, err
	}
	if first.Memberships, err = i.store.Memberships(ctx, first.User.ID); err != nil {
		return first, err
	}
	for n := 1; n < people; n++ {
		user, err := i.store.CreateUser(ctx, assessment.User{Email: email(n), Name: "Person " + strconv.Itoa(n), PasswordHash: hash})
		if err != nil {
			return first, err
		}
		if err := i.store.SetMembership(ctx, user.ID, first.Memberships[0].Team.ID, assessment.Lead); err != nil {
			return first, err
		}
	}
	return first, nil
}

func email(n int) string { return "person" + strconv.Itoa(n) + "@example.com" }

// signIn signs a person in at a running server and returns the cookie of the session, as a request carries it.
func signIn(ctx context.Context, address string, person int) (string, error) {
	form := url.Values{"email": {email(person)}, "password": {password}}.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+templates.SignInURL, strings.NewReader(form))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusSeeOther || len(response.Cookies()) == 0 {
		return "", fmt.Errorf("sign in: %s", response.Status)
	}
	cookie := response.Cookies()[0]
	return cookie.Name + "=" + cookie.Value, nil
}
