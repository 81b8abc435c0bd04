package api

import (
	"context"
	"encoding/json"
	"fmt"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/web/page"
)

type putAnswerInput struct {
	Assessment string `path:"assessment"`
	Practice   string `path:"practice"`
	IfMatch    string `header:"If-Match" doc:"The version that the change is based on, for example \"3\"; \"0\" for an unanswered practice"`
	Body       apiNewAnswer
}

// apiNewAnswer is the wish to replace an answer. What it leaves out is empty afterwards.
type apiNewAnswer struct {
	Status   newStatus `json:"status"`
	Reason   string    `json:"reason,omitempty" maxLength:"1000" doc:"Required for not_applicable, ignored for any other status"`
	Note     string    `json:"note,omitempty" maxLength:"10000"`
	Evidence []apiLink `json:"evidence,omitempty" nullable:"false" maxItems:"20"`
	Version  *int      `json:"version,omitempty" minimum:"0" doc:"The version that the change is based on, unless If-Match has it"`
}

func (h *handlers) putAnswer(ctx context.Context, v *page.Visitor, in *putAnswerInput) (*answerOutput, error) {
	c := v.Named.Current
	if err := known(c, in.Practice); err != nil {
		return nil, err
	}
	version, err := versionMatched(in.IfMatch, in.Body.Version)
	if err != nil {
		return nil, err
	}
	answer := assessment.Answer{Status: in.Body.Status.status, Reason: in.Body.Reason, Note: in.Body.Note,
		Evidence: evidenceOf(in.Body.Evidence)}
	save := assessment.SaveAnswer{Practice: in.Practice, Version: version, Answer: answer}
	after, err := h.store.SaveAnswer(ctx, v.Actor, c.State.ID, save)
	if err != nil {
		return nil, err
	}
	return answered(after, in.Practice), nil
}

// newStatus is the status that an answer is to have; null clears it, as "unanswered" does.
type newStatus struct {
	said   bool
	status assessment.Status
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *newStatus) UnmarshalJSON(text []byte) error {
	var word *string
	if err := json.Unmarshal(text, &word); err != nil {
		return err
	}
	n.said, n.status = true, assessment.Unanswered
	if word != nil && *word != assessment.Unanswered.Word() {
		n.status = assessment.Status(*word)
	}
	return nil
}

// Schema implements huma.SchemaProvider.
func (newStatus) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true, Enum: []any{"adopted", "partial", "absent", "not_applicable", "unanswered", nil},
		Description: "null clears the answer, as unanswered does"}
}

func evidenceOf(links []apiLink) []assessment.Link {
	list := make([]assessment.Link, len(links))
	for i, link := range links {
		list[i] = assessment.Link(link)
	}
	return list
}

type patchAnswersInput struct {
	Assessment string `path:"assessment"`
	Body       struct {
		Answers []apiAnswerChange `json:"answers" nullable:"false" minItems:"1" maxItems:"2000"`
	} `nameHint:"AnswerChanges"`
}

// apiAnswerChange is the wish to change an answer. What it leaves out stays.
type apiAnswerChange struct {
	Practice string     `json:"practice" minLength:"1" maxLength:"128"`
	Status   newStatus  `json:"status,omitzero"`
	Reason   *string    `json:"reason,omitempty" maxLength:"1000"`
	Note     *string    `json:"note,omitempty" maxLength:"10000"`
	Evidence *[]apiLink `json:"evidence,omitempty" nullable:"false" maxItems:"20"`
	Version  *int       `json:"version,omitempty" minimum:"0" doc:"The version that the change is based on"`
}

type patchAnswersOutput struct {
	Body apiChangedAnswers
}

// apiChangedAnswers is what a change of several answers led to.
type apiChangedAnswers struct {
	Assessment string      `json:"assessment"`
	Sequence   int64       `json:"sequence"`
	Answers    []apiAnswer `json:"answers" nullable:"false" doc:"In the order of the request"`
}

func (h *handlers) patchAnswers(ctx context.Context, v *page.Visitor, in *patchAnswersInput) (*patchAnswersOutput, error) {
	c := v.Named.Current
	saves, err := changesOf(c, in.Body.Answers)
	if err != nil {
		return nil, err
	}
	after, err := h.store.SaveAnswers(ctx, v.Actor, c.State.ID, saves)
	if err != nil {
		return nil, err
	}
	out := apiChangedAnswers{Assessment: after.State.ID, Sequence: after.State.Sequence, Answers: []apiAnswer{}}
	for _, save := range saves {
		out.Answers = append(out.Answers, answerTo(after, save.Practice))
	}
	return &patchAnswersOutput{out}, nil
}

// changesOf returns the answers that a request asks for, or everything that is wrong with it.
func changesOf(c *assessment.Current, changes []apiAnswerChange) ([]assessment.SaveAnswer, error) {
	var saves []assessment.SaveAnswer
	var errs assessment.Errors
	seen := map[string]bool{}
	for i, change := range changes {
		place := fmt.Sprintf("answers[%d]", i)
		if change.Version == nil {
			return nil, missingVersion("body." + place + ".version")
		}
		if _, ok := c.Model.Place(change.Practice); !ok {
			errs = append(errs, assessment.InvalidField("body."+place+".practice", noPractice))
			continue
		}
		if seen[change.Practice] {
			errs = append(errs, assessment.InvalidField("body."+place+".practice", "The practice is listed twice"))
		}
		seen[change.Practice] = true
		answer := change.applied(c.State.Answer(change.Practice).Answer)
		errs = append(errs, placedAt(place, assessment.CheckAnswer(answer))...)
		saves = append(saves, assessment.SaveAnswer{Practice: change.Practice, Version: *change.Version, Answer: answer})
	}
	return saves, errs.Err()
}

// applied returns the answer with what the change says.
func (a apiAnswerChange) applied(to assessment.Answer) assessment.Answer {
	if a.Status.said {
		to.Status = a.Status.status
	}
	if a.Reason != nil {
		to.Reason = *a.Reason
	}
	if a.Note != nil {
		to.Note = *a.Note
	}
	if a.Evidence != nil {
		to.Evidence = evidenceOf(*a.Evidence)
	}
	return to
}
