package access

import (
	"slices"

	"plumbline/assessment"
)

// Grant is what somebody was let in for: an action in a team. The zero Grant is one that depends on no team.
type Grant struct {
	Action Action
	Team   string
}

// CheckStanding returns nil where somebody who was let in may still do all that they might then; now is the same person
// as they are at this moment. Otherwise the Error is what they would be told at the door, or Forbidden where they lost
// something else than what they were let in for.
func (a Actor) CheckStanding(now Actor) error {
	if err := CheckEnabled(now.User); err != nil || !a.exceeds(now) {
		return err
	}
	if a.Grant.Action != "" {
		now.Scope = a.Scope
		if err := Allow(now, a.Grant.Action, a.Grant.Team); err != nil {
			return err
		}
	}
	return assessment.Errorf(assessment.Forbidden,
		"Your role was changed, so nothing was saved. Reload the page to see what you can do")
}

// CheckEnabled returns an Error for an account that was barred while a request of its person was on its way.
func CheckEnabled(u User) error {
	if u.Disabled() {
		return assessment.Errorf(assessment.Unauthenticated, "Your account was disabled, so nothing was saved")
	}
	return nil
}

// exceeds reports whether the actor might do something that the other may not.
func (a Actor) exceeds(other Actor) bool {
	if a.User.Admin != other.User.Admin {
		return a.User.Admin
	}
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return !other.Role(m.Team.ID).Covers(m.Role) })
}

// CheckTeam returns an Error as Allow does where what the actor was let in for has gone to a team in which they may not
// do it.
func (a Actor) CheckTeam(team string) error {
	if a.Grant.Team == "" || team == "" || team == a.Grant.Team {
		return nil
	}
	return Allow(a, a.Grant.Action, team)
}
