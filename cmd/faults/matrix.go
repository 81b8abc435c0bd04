package main

import (
	"fmt"
	"slices"
	"strings"
)

// holder is a row of the fault matrix with the tests that cover it, each as the folder of its package and its name. Only
// this program tries a row without tests.
type holder struct {
	row   int
	fault string
	tests []string
}

// matrix is every row, in its order.
func matrix() []holder {
	return []holder{
		{1, "1,000 wrong passwords on one account", []string{"web/account.TestSignInIsLimited", "web/account.TestForwardedAddresses"}},
		{2, "unknown against known user", []string{"web/account.TestSignIn"}},
		{3, "100 sign-ins at once", []string{"web/account.TestHashingIsBounded", "web/account.TestCrowdedSignIn"}},
		{4, "cookie replayed after the rights have ended", []string{"web/account.TestCookiesThatAreReplayed", "web/account.TestSessionEnds", "storage.TestRolesHoldFromTheNextRequestOn"}},
		{5, "another team's id on every route", []string{"web.TestEveryRouteAsEverybody", "web.TestForeignThingsInOwnAddresses"}},
		{6, "role, team, version, owner added to a form", []string{"web.TestFieldsThatNobodyAskedFor", "web.TestTeamOfANewWorkload"}},
		{7, "cross-site requests", []string{"web.TestForeignSitesChangeNothing", "web.TestForeignOrigins", "web/api.TestOriginOfPrograms"}},
		{8, "every GET", []string{"web.TestEveryRouteAsEverybody", "web/tradeoffs.TestReadingChangesNothing"}},
		{9, "script payloads in every text field", []string{"web/browser.TestScriptsInEveryField", "web/browser.TestScriptsInAQuestionnaire", "web/browser.TestTabSeesFaults"}},
		{10, "links and redirects elsewhere", []string{"web/account.TestSignIn", "web/browser.TestScriptLinksAreRefused", "assessment.TestCheckURL"}},
		{11, "SQL metacharacters, unknown sort column", []string{"web/portfolio.TestPortfolioRefusesUnknownOrders", "web/portfolio.TestPortfolioKeepsBadSearches", "web/overview.TestFindingsRefusesUnknownFilters"}},
		{12, "odd characters and lengths in every field", []string{"web/walk.TestOddTextsAreKept", "web/walk.TestBadAnswer", "web/workloads.TestNewWorkloadTakesAnyText",
			"web/tradeoffs.TestDecisionKeepsTexts", "web/snapshots.TestSnapshotTakesAnyText", "web/snapshots.TestApproveTakesAnyText", "assessment.TestCheckText",
			"assessment/report.TestNastyTexts", "assessment/report.TestPrintable", "storage.TestStoredIsWhatWasSaid"}},
		{13, "hostile files", []string{"content.TestHostileDocuments", "content.TestTooLarge", "content.TestReadQuestionnaireProblems",
			"content.TestReadAnswersProblems", "content.TestReadAnswersTooLarge", "web/api.TestBadBodies", "web/api.TestPatchAnswersAllOrNothing",
			"web/library.TestHostileUploads", "web/library.TestUploadWithoutLength", "web/library.TestUploadForms"}},
		{14, "1,000 slow connections", []string{"cmd/plumbline.TestServerLimits"}},
		{15, "slow reader of a PDF", []string{"cmd/plumbline.TestSlowReaderIsCut"}},
		{16, "long notes, 200 PDFs at once", []string{"web/drawing.TestDrawerIsBounded", "web/reports.TestReportQueue", "assessment/report.TestLongNoteIsCompleteAndFast", "assessment/report.TestLimits"}},
		{17, "tampered, foreign or huge cookie", []string{"web/account.TestForeignCookies", "web/account.TestTamperedCookie"}},
		{18, "formulas in exports", []string{"assessment/report.TestGuardCellRoundTrips", "assessment/report.TestSnapshotCSV"}},
		{19, "kill -9 while saving", []string{"storage.TestKilledWhileSaving", "storage.TestRepeatedSubmitCountsOnce", "web/walk.TestRepeatedAnswerCountsOnce"}},
		{20, "disk full", []string{"storage.TestDiskFull", "storage.TestDiskFullInABatch", "web/page.TestWhatWasTypedIsSentAgain"}},
		{21, "disk read-only", []string{"storage.TestReadOnlyDisk"}},
		{22, "write lock held by another process", []string{"storage.TestLockedByAnotherProcess", "storage.TestWaitingSavesFailTogetherWhileLocked"}},
		{23, "damaged, foreign or newer database", []string{"storage.TestOpenRefusesAndLeavesTheFile", "cmd/plumbline.TestStartIsRefusedInPlainWords"}},
		{24, "second process on the same folder", []string{"storage.TestSecondProcess", "cmd/plumbline.TestSecondServerNamesTheFirst"}},
		{25, "crash in the middle of a migration", []string{"storage.TestCrashInTheMiddleOfAMigration", "storage.TestCopyBeforeAnUpgrade"}},
		{26, "two people change the same practice", []string{"web/walk.TestTwoPeopleOneAnswer", "storage.TestStaleAnswer", "storage.TestOnePracticeManyPeople", "web/browser.TestTwoPeopleOnOnePractice"}},
		{27, "two people change different practices of a question", []string{"web/walk.TestTwoPeopleTwoAnswers", "storage.TestDifferentPracticesOfOneQuestion"}},
		{28, "save without a version", []string{"web/walk.TestAnswerWithoutVersion", "web/walk.TestPageWithoutVersion", "web/api.TestVersionsByProgram", "web/workloads.TestWorkloadChangesNeedAVersion", "web/tradeoffs.TestDecisionVersions"}},
		{29, "connection lost while answering", []string{"web/browser.TestConnectionLostWhileAnswering", "web/browser.TestServerRestartedWhileTyping", "web/browser.TestAnswerLostOnItsWayBack"}},
		{30, "session ends while typing", []string{"web.TestTypedTextSurvivesTheEndOfTheSession", "web/browser.TestTypedTextSurvivesTheEndOfTheSession",
			"web/account.TestTypedTextSurvivesSingleSignOn", "web/account.TestTypedTextIsNotShownToSomebodyElse", "web/browser.TestThePageWarnsBeforeTheSessionEnds",
			"web/browser.TestSessionEndsWhileTyping", "web/browser.TestReloadWithUnsavedDraft"}},
		{31, "SIGTERM with 100 event streams", []string{"web/live.TestShutdownEndsStreams", "cmd/plumbline.TestShutdownHasAnEnd", "cmd/plumbline.TestShutdownWaitsForNobodySilent"}},
		{32, "streams cut, server restarted", []string{"web/live.TestNothingIsMissed", "web/browser.TestNothingIsMissedAcrossARestart"}},
		{33, "panic in a handler", []string{"web.TestPanic"}},
		{34, "backup during writes", []string{"storage.TestBackupDuringWrites", "storage.TestBackupOfAFolder"}},
		{35, "clock set back a day", []string{"storage.TestOrderOfEventsIsBySequence", "storage.TestAuditOrderWhenTheClockIsSetBack", "storage.TestSessionEnds", "web/account.TestClockSetBack"}},
		{36, "accessibility of every page", []string{"web/browser.TestAxeSeesFaults", "web/browser.TestAccessibleAccounts", "web/browser.TestAccessibleFault",
			"web/browser.TestAccessiblePortfolio", "web/browser.TestAccessibleWalk", "web/browser.TestAccessibleTradeoffs",
			"web/browser.TestAccessiblePlan", "web/browser.TestAccessibleSnapshots", "web/browser.TestAccessibleLibrary"}},
		{37, "requests and files that are made to cost much", []string{"web/api.TestBodiesOfManyFaults", "content.TestBombs", "content/azurearticle.TestBombs",
			"content/awslens.TestBombs", "content/azurechecklist.TestBombs", "content/cisoassistant.TestBombs", "content/microsoftcsv.TestBombs", "content/samm.TestBombs",
			"assessment/wording.TestManyLongTexts", "assessment/report.TestLegalInputIsBounded", "assessment/report.TestDrawingEndsWithItsClient", "web/library.TestManyLosses",
			"assessment.TestSnapshotBombs", "assessment/suggest.TestManyWordsTakeNoMore", "assessment/suggest.TestNewIsStopped",
			"storage.TestSizeOfAnAssessment", "storage.TestViewsTakeNoMore", "storage.TestModelsTakeNoMore", "storage.TestListsCompileNothing",
			"web/reports.TestSharedPageReadsItsSnapshotOnce"}},
		{38, "heavy work of many people", []string{"web/page.TestHeavyWorkIsBounded", "storage.TestLargeThingsAreComputedBesideTheWriter", "storage.TestOutdatedSnapshotIsNotStored"}},
		{39, "account disabled while it listens", nil},
		{40, "rights that end while a body is on its way", []string{"web.TestLateBodies", "web.TestLateBodiesOfTheDemoted", "storage.TestEveryCommandAsksAgain", "storage.TestSaveDoesNotFollowAWorkload"}},
		{41, "workload moved with everything attached", []string{"web.TestMovedWorkload", "storage.TestUpgradeEndsLinksOfMovedWorkloads",
			"web/reports.TestSharedPageSaysWhatTheSnapshotSays"}},
		{42, "a team that fills the disk", []string{"storage.TestGrowthOfATeam", "storage.TestGrowthOutlivesAServer", "storage.TestDocumentsPerHour", "cmd/plumbline.TestIdleConnectionsAreFew"}},
		{43, "an account made with the address of somebody else", []string{"web/people.TestInvitationElsewhereStartsClean", "web/people.TestLeadStartsNobodyOver",
			"web/people.TestInvitationOfSomebodyElse"}},
		{44, "password by link, token without a password, account disabled and enabled", []string{"storage.TestResetLinkClosesEveryWayIn", "web/people.TestPasswordLinkStartsClean",
			"web/account.TestTokenAsksForThePassword", "web/account.TestTooManyTokens", "storage.TestTokensOfADisabledAccount", "storage.TestTokensStopWithoutASignIn"}},
		{45, "double click on what is shown once", []string{"web/account.TestDoubleClickOnToken", "web/reports.TestDoubleClickOnShare"}},
		{46, "reading signs out, leaving loses", []string{"web/account.TestReadingProlongsTheSession", "web/live.TestAnOpenStreamKeepsTheSession", "web/browser.TestLeavingTypedTextAsks",
			"web/account.TestForeignSitesCarryNothing"}},
		{47, "audit log changed, cut, or followed elsewhere", []string{"storage.TestTamperingIsFound", "storage.TestForgedRemoval", "storage.TestAnonymize", "storage.TestAnonymizedTextIsGone",
			"storage.TestBlankedAddressesAreGone", "storage.TestRemovedEntriesAreGone", "web.TestAdministratorsAreToldOfTheServer",
			"storage.TestFollowingInSteps", "storage.TestFollowingWhileEntriesAreRemoved", "cmd/plumbline.TestServerChecksTheAuditLog",
			"cmd/plumbline/shipping.TestEverythingIsSentOnceAcrossStarts", "cmd/plumbline/shipping.TestFileThatCannotBeWrittenForAWhile", "cmd/plumbline/shipping.TestRotation"}},
		{48, "sign-out that cannot be written", []string{"storage.TestSessionEndsWithoutTheDatabase", "storage.TestEndedSessionOutlastsTheServer",
			"web/account.TestSignOutNeedsNoDisk"}},
		{49, "what another team added to the library", []string{"storage.TestTeamsAddTheSame", "web/library.TestNobodyIsToldWhatAnotherTeamAdded",
			"storage.TestUpgradeNotesAdditions", "web/portfolio.TestPortfolioSortsByItsOwnLibraryAlone"}},
		{50, "many practices set not applicable together, and undone", []string{"web/walk.TestSetTogether", "web/walk.TestSetTogetherRefuses",
			"web/walk.TestSetTogetherIsOfferedToUndo", "storage.TestSetTogether", "storage.TestSetTogetherRefuses", "storage.TestUndoTogether",
			"storage.TestTogetherIsReadWithoutWhatItReplaced"}},
		{51, "scope that leaves practices out", []string{"cmd/plumbline/demo.TestStory", "web/plan.TestPlanItemOutOfScope", "assessment/story.TestScopeShiftsAddUp"}},
	}
}

// heldBy lists the tests that cover these rows, of all rows if there are no numbers.
func heldBy(numbers []int) string {
	var b strings.Builder
	for _, h := range matrix() {
		if len(h.tests) > 0 && (len(numbers) == 0 || slices.Contains(numbers, h.row)) {
			fmt.Fprintf(&b, "%3d  %s: %s\n", h.row, h.fault, strings.Join(h.tests, ", "))
		}
	}
	return b.String()
}
