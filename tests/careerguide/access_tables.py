"""Who may do what at which address: the tables that test_access.py holds the site against."""

# The answer to GET, and to a POST that holds nothing: one status for everybody, or one each for a reader with a plan,
# an editor, a publisher and a superuser. Pages that are the same for everyone need no row.
TABLE = """
/healthz                       200                | 405
/readyz                        200                | 405
counters                       404                | 405
kept_pages                     200                | 302
guides:report                  200                | 422
guides:report_thanks           200                | 405
asking:missing                 200                | 302
guides:feedback                200                | 422
guides:feedback_thanks         200                | 405
guides:preview                 200                | 405
readiness:skills_gap           200                | 405
readiness:so_far               200                | 405
readiness:resume               200                | 422
readiness:keep_skills_gap      302                | 302
readiness:readiness            200                | 405
readiness:keep_readiness       302                | 302
occupations:save               200                | 302
openings:log                   200                | 302
openings:paste                 200                | 422
exercises:answer               422                | 405
exercises:keep                 302                | 302
toolkit:resume_build           200                | 200
toolkit:letter_write           200                | 200
toolkit:interview_practice     200                | 200
toolkit:job_description_write          200                | 200
practice:written               200                | 422
plan:plan                      200                | 405
plan:save                      200                | 302
plan:marks                     200                | 405
plan:applications              200 302 302 302    | 405
plan:record                    200 302 302 302    | 405
plan:record_csv                200 302 302 302    | 405
plan:calendar                  200 302 302 302    | 405
plan:export                    200 302 302 302    | 405
plan:schema                    200                | 405
plan:import                    200                | 422
plan:imported                  400 302 302 302    | 405
plan:packet                    200 302 302 302    | 405
toolkit:packet_file            200 302 302 302    | 405
plan:link                      200 302 302 302    | 405
plan:new_key                   405                | 302
plan:visit                     405                | 302
plan:close_visit               405                | 302
plan:end_browser               405                | 302
plan:several                   200                | 405
plan:keep_named                405                | 302
plan:switch                    405                | 302
plan:aside                     302                | 302 409 409 409
plan:earlier                   200 302 302 302    | 405
plan:bring_back                405                | 404 302 302 302
plan:share                     200 302 302 302    | 422 302 302 302
plan:end_sharing               405                | 302
plan:shared                    404                | 405
plan:comment                   405                | 302
plan:close_shared              405                | 302
plan:dates                     404                | 405
plan:return                    200                | 422
plan:unknown                   404                | 405
plan:leave                     200 302 302 302    | 302
plan:delete                    200 302 302 302    | 302
plan:kind                      302                | 405
plan:add                       200                | 405
plan:item                      200 404 404 404    | 400 400 400 400
plan:delete_item               200 302 302 302    | 302
stories:list                   200                | 405
stories:new                    200                | 400
stories:new_in_steps           200                | 405
stories:questions_cut_short    302                | 405
stories:questions              200                | 405
stories:question               200                | 405
stories:story                  200 302 302 302    | 405
stories:edit                   200 302 302 302    | 400 302 302 302
stories:step                   200 302 302 302    | 405
stories:skills                 405                | 302
stories:answers                405                | 400 302 302 302
alerts:list                    200                | 405
alerts:for_plan                200 302 302 302    | 405
alerts:new                     200                | 422
alerts:new_cut_short           302                | 405
alerts:alert                   302                | 405
alerts:make_feed               405                | 200 302 302 302
alerts:make_closings           405                | 200 302 302 302
alerts:mail                    200 302 302 302    | 422 302 302 302
alerts:end_mail                405                | 302
alerts:feed                    404                | 405
alerts:closings                404                | 405
alerts:confirm                 404                | 404
alerts:stop                    200                | 200
admin:login                    200 302 302 302    | 200
admin:logout                   302 405 405 405    | 302
admin:second_factor            302 200 200 200    | 302 200 200 200
admin:second_factor_set_up     302 200 200 200    | 302 200 200 200
admin:second_factor_codes      302                | 302 405 405 405
admin:second_factor_remove     302 200 200 200    | 302 200 200 200
admin:invitation               410                | 410
admin:invitations              302 403 403 200    | 302 403 403 422
admin:invitation_revoke        302 405 405 405    | 302 403 403 302
admin:password_forgotten       200                | 422
admin:password_forgotten_sent  200                | 405
admin:password_choose          410                | 410
admin:password_link            302 403 403 200    | 302 403 403 200
admin:lost_second_factor       302 403 403 200    | 302 403 403 200
admin:sessions                 302 200 200 200    | 302 302 302 302
admin:counters                 302 403 403 200    | 302 405 405 405
admin:time_zone                302 200 200 200    | 302 200 200 200
admin:sign_in                  400                | 400
admin:sign_in_code             405                | 400
admin:kept_form                302 404 404 404    | 302 404 404 404
admin:unsaved_keep             302 405 405 405    | 302 422 422 422
admin:unsaved_text             302 404 404 404    | 302 404 404 404
admin:index                    302 200 200 200    | 302 200 200 200
admin:password_change          302 200 200 200    | 302 200 200 200
admin:password_change_done     302 200 200 200    | 302 405 405 405
admin:autocomplete             302 403 403 403    | 302 405 405 405
admin:jsi18n                   302 200 200 200    | 302 405 405 405
admin:view_on_site             302 404 404 404    | 302 404 404 404
admin:app_list                 302 200 200 200    | 302 200 200 200
admin:auth_user_password_change    302 403 403 200  | 302 403 403 200
admin:exercises_exerciseedition_preview  302 302 302 302  | 302 302 302 302
admin:guides_edition_compare       302 400 400 400  | 302 400 400 400
admin:guides_edition_preview       302 200 200 200  | 302 400 400 400
admin:guides_guide_assign          302 400 400 400  | 302 400 400 400
admin:guides_guide_review          302 400 400 400  | 302 400 400 400
admin:guides_guide_find            302 200 200 200  | 302 422 422 422
admin:guides_guide_source          302 400 400 400  | 302 400 400 400
admin:guides_section_assign        302 400 400 400  | 302 400 400 400
admin:guides_section_review        302 400 400 400  | 302 400 400 400
admin:guides_section_source        302 400 400 400  | 302 400 400 400
admin:guides_guide_draft           302 302 302 302  | 302 302 302 302
admin:guides_guide_preview         302 200 200 200  | 302 400 400 400
admin:guides_guide_start           302 200 200 200  | 302 422 422 422
admin:guides_section_markdown      302 200 200 200  | 302 200 200 200
admin:readiness_guideroutes_people 302 405 405 405  | 302 422 422 422
admin:datasets_checkedfigure_changelist  302 200 200 200  | 302 405 405 405
admin:datasets_checkedfigure_use         302 200 200 200  | 302 422 422 422
admin:occupations_occupationlisting_start  302 200 200 200  | 302 200 200 200
admin:openings_feed_fetch      302 405 405 405    | 302 302 302 302
/admin/<url>                   302 404 404 404    | 302 404 404 404
"""

# What editors, publishers and superusers may do on each screen of the admin: view, add, change, delete. A guide that
# readers have seen is never deleted, an edition is made by saving alone, and nobody there sees a reader's plan.
SCREENS = """
auth.group                    -     -     vacd
auth.user                     -     -     vacd
axes.accessattempt            -     -     vcd
axes.accessfailurelog         -     -     vcd
axes.accesslog                -     -     vcd
datasets.dataset              v     v     v
datasets.handbookentry        vacd  vacd  vacd
datasets.importedobservation  v     v     v
datasets.occupationtitle      v     v     v
datasets.projection           v     v     v
datasets.wageestimate         v     v     v
exercises.callnumberset       vacd  vacd  vacd
exercises.deskquestion        vacd  vacd  vacd
exercises.exercise            vac   vac   vac
exercises.exerciseedition     v     v     v
exercises.faultyrecord        vacd  vacd  vacd
exercises.titlepage           vacd  vacd  vacd
guides.batch                  v     v     v
guides.edition                v     v     v
guides.feedback               v     v     vd
guides.figure                 vacd  vacd  vacd
guides.guide                  vac   vac   vac
guides.linkvisit              v     v     v
guides.pagecount              v     v     vd
guides.picture                vacd  vacd  vacd
guides.report                 vc    vc    vcd
guides.section                vacd  vacd  vacd
guides.sharededition          v     v     v
guides.shippedcontent         vc    vc    vc
guides.source                 vacd  vacd  vacd
guides.synonym                vacd  vacd  vacd
guides.term                   vacd  vacd  vacd
occupations.occupationlisting  v     v     v
openings.feed                 vac   vacd  vacd
readiness.area                vacd  vacd  vacd
readiness.band                vacd  vacd  vacd
readiness.guideroutes         vc    vc    vc
readiness.practice            vacd  vacd  vacd
readiness.question            vacd  vacd  vacd
readiness.stage               vacd  vacd  vacd
toolkit.coverletter           vacd  vacd  vacd
toolkit.interviewquestion     vacd  vacd  vacd
toolkit.jobphrase             vacd  vacd  vacd
toolkit.resumeentry           vacd  vacd  vacd
toolkit.resumeexample         vacd  vacd  vacd
toolkit.wording               vacd  vacd  vacd
"""
# Which right each page of a screen asks for, to see it and to send its form.
PAGES = {"changelist": "vv", "add": "aa", "change": "vc", "delete": "dd", "history": "vv"}
