package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

// apiLink is a piece of evidence.
type apiLink struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url" doc:"http or https"`
}

// apiAnswer is an answer as it is stored.
type apiAnswer struct {
	Practice string     `json:"practice"`
	Status   string     `json:"status" enum:"adopted,partial,absent,not_applicable,unanswered"`
	Reason   string     `json:"reason" doc:"Why it is not applicable; empty for any other status"`
	Note     string     `json:"note"`
	Evidence []apiLink  `json:"evidence" nullable:"false"`
	Version  int        `json:"version" doc:"Increases by one with each save; 0 if not answered yet. Include it when you save"`
	SavedBy  string     `json:"saved_by"`
	SavedAt  *time.Time `json:"saved_at"`
	// OutOfScope says that the answer is stored, and does not count.
	OutOfScope bool `json:"out_of_scope,omitempty" doc:"True if the practice is out of scope: the answer is stored but does not count"`
}

// apiPractice is a practice with its answer.
type apiPractice struct {
	Pillar    string    `json:"pillar" doc:"ID of its pillar"`
	Principle string    `json:"principle" doc:"ID of its principle"`
	Title     string    `json:"title"`
	Risk      string    `json:"risk" enum:"high,medium,low" doc:"Risk if the practice is missing"`
	Answer    apiAnswer `json:"answer"`
}

// apiAnswers is every practice of an assessment with its answer.
type apiAnswers struct {
	Assessment    string             `json:"assessment"`
	Sequence      int64              `json:"sequence"`
	Questionnaire assessment.Edition `json:"questionnaire"`
	Practices     []apiPractice      `json:"practices" nullable:"false" doc:"In the order of the questionnaire"`
}

// apiAnswerText is what somebody says about a practice.
type apiAnswerText struct {
	Status   string    `json:"status" enum:"adopted,partial,absent,not_applicable,unanswered"`
	Reason   string    `json:"reason"`
	Note     string    `json:"note"`
	Evidence []apiLink `json:"evidence" nullable:"false"`
}

type assessmentInput struct {
	Assessment string `path:"assessment"`
}

type answersOutput struct {
	Body apiAnswers
}

type practiceInput struct {
	Assessment string `path:"assessment"`
	Practice   string `path:"practice"`
}

type answerOutput struct {
	ETag string `header:"ETag" doc:"The version in quotes, for If-Match"`
	Body apiAnswer
}

type resultOutput struct {
	Body apiResult
}

func (h *handlers) answerOperations(a *jsonAPI) {
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-result", Method: http.MethodGet, Path: "/assessments/{assessment}/result", Tags: []string{"Assessments"}, Metadata: heavy,
		Summary: "Get current scores, findings, tradeoffs and recommendations",
	}, h.getResult)
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "list-answers", Method: http.MethodGet, Path: "/assessments/{assessment}/answers", Tags: []string{"Answers"}, Metadata: heavy,
		Summary: "List all practices with their answers and versions",
	}, h.listAnswers)
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-answer", Method: http.MethodGet, Path: "/assessments/{assessment}/answers/{practice}", Tags: []string{"Answers"},
		Summary: "Get the answer to a practice",
	}, h.getAnswer)
	operation(h, a, page.May(access.ActAnswer), huma.Operation{
		OperationID: "put-answer", Method: http.MethodPut, Path: "/assessments/{assessment}/answers/{practice}", Tags: []string{"Answers"},
		Summary: "Replace the answer to a practice",
		Description: "Include the version, in If-Match or in version of the body: 428 without it, 409 with both values if " +
			"someone else changed it first. Sending the same answer again changes nothing, whatever the version.",
		Errors: []int{http.StatusConflict, http.StatusPreconditionRequired},
	}, h.putAnswer)
	operation(h, a, page.May(access.ActAnswer), huma.Operation{
		OperationID: "patch-answers", Method: http.MethodPatch, Path: "/assessments/{assessment}/answers", Tags: []string{"Answers"},
		Summary: "Change several answers in one transaction",
		Description: "Omitted fields do not change. Each answer must include its version: 428 without it, 409 with both values " +
			"for each answer that someone else changed first.",
		MaxBodyBytes: page.MaxPage,
		Errors:       []int{http.StatusConflict, http.StatusPreconditionRequired},
	}, h.patchAnswers)
}

func (h *handlers) getResult(_ context.Context, v *page.Visitor, _ *assessmentInput) (*resultOutput, error) {
	c := v.Named.Current
	return &resultOutput{apiResult{c.State.ID, c.State.Sequence, c.Full().JSON()}}, nil
}

func (h *handlers) listAnswers(_ context.Context, v *page.Visitor, _ *assessmentInput) (*answersOutput, error) {
	c := v.Named.Current
	q := c.Model.Questionnaire()
	out := apiAnswers{Assessment: c.State.ID, Sequence: c.State.Sequence, Questionnaire: assessment.Edition{ID: q.ID, Version: q.Version},
		Practices: []apiPractice{}}
	for _, pillar := range q.Pillars {
		for i := range pillar.Principles {
			principle := &pillar.Principles[i]
			for practice := range principle.Practices() {
				out.Practices = append(out.Practices, apiPractice{pillar.ID, principle.ID, practice.Title, string(practice.Risk),
					answerTo(c, practice.ID)})
			}
		}
	}
	return &answersOutput{out}, nil
}

func (h *handlers) getAnswer(_ context.Context, v *page.Visitor, in *practiceInput) (*answerOutput, error) {
	if err := known(v.Named.Current, in.Practice); err != nil {
		return nil, err
	}
	return answered(v.Named.Current, in.Practice), nil
}

const noPractice = "This practice does not exist"

func known(c *assessment.Current, practice string) error {
	if _, ok := c.Model.Place(practice); !ok {
		return assessment.Errorf(assessment.NotFound, noPractice)
	}
	return nil
}

func answered(c *assessment.Current, practice string) *answerOutput {
	a := answerTo(c, practice)
	return &answerOutput{ETag: versionTag(a.Version), Body: a}
}

func versionTag(version int) string { return strconv.Quote(strconv.Itoa(version)) }

// answerTo returns the stored answer to a practice, or that there is none.
func answerTo(c *assessment.Current, practice string) apiAnswer {
	saved := c.State.Answer(practice)
	saved.Practice = practice
	answer := storedAnswer(saved)
	answer.OutOfScope = c.OutOfScope(practice)
	return answer
}

func storedAnswer(a assessment.SavedAnswer) apiAnswer {
	text := answerText(a.Answer)
	return apiAnswer{Practice: a.Practice, Status: text.Status, Reason: text.Reason, Note: text.Note, Evidence: text.Evidence,
		Version: a.Version, SavedBy: a.By, SavedAt: momentOrNil(a.At)}
}

func answerText(a assessment.Answer) apiAnswerText {
	evidence := make([]apiLink, len(a.Evidence))
	for i, link := range a.Evidence {
		evidence[i] = apiLink(link)
	}
	return apiAnswerText{a.Status.Word(), a.Reason, a.Note, evidence}
}

// versionMatched returns the version that a save saw, by If-Match or by its body.
func versionMatched(match string, body *int) (int, error) {
	if match == "" && body == nil {
		return 0, assessment.Errorf(assessment.VersionRequired,
			"Include the version that the change is based on, in the If-Match header or as version in the body")
	}
	if match == "" {
		return *body, nil
	}
	version, err := strconv.Atoi(strings.Trim(match, `"`))
	if err != nil || version < 0 {
		return 0, assessment.InvalidField("header.If-Match", `Expected the version that the change is based on, such as "3"`)
	}
	if body != nil && *body != version {
		return 0, assessment.InvalidField("body.version", "The version in the body differs from the If-Match header")
	}
	return version, nil
}

func missingVersion(place string) error {
	return &assessment.Error{Code: assessment.VersionRequired, Field: place, Message: "Include the version of each answer"}
}

// placedAt returns an error with its fields under a place of the body, for example answers[3].
func placedAt(place string, err error) (list assessment.Errors) {
	errs, _ := err.(assessment.Errors)
	for _, one := range errs {
		list = append(list, assessment.InvalidField(fmt.Sprintf("body.%s.%s", place, one.Field), one.Message))
	}
	return list
}
