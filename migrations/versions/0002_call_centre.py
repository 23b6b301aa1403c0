"""The call centre: advisors, tickets, the log of events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "advisors",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="advisor", nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), server_default="signed-out", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state in ('busy', 'wrap-up')) = (ticket_id is not null)", name=op.f("advisors_busy_with_something_check")
        ),
        sa.CheckConstraint(
            "role in ('advisor', 'supervisor', 'administrator', 'auditor')", name=op.f("advisors_role_check")
        ),
        sa.CheckConstraint(
            "state in ('signed-out', 'not-ready', 'ready', 'busy', 'wrap-up')", name=op.f("advisors_state_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("advisors_pkey")),
        sa.UniqueConstraint("login", name=op.f("advisors_login_key")),
    )
    op.create_index(
        "advisors_present_idx", "advisors", ["state"], unique=False, postgresql_where=sa.text("state <> 'signed-out'")
    )
    op.create_table(
        "holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('confirmed', 'moved', 'cancelled')", name=op.f("holidays_state_check")),
        sa.PrimaryKeyConstraint("day", name=op.f("holidays_pkey")),
    )
    op.create_table(
        "queue_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("advisor_id", sa.BigInteger(), nullable=True),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("queue_events_pkey")),
    )
    op.create_index(op.f("queue_events_advisor_id_at_idx"), "queue_events", ["advisor_id", "at"], unique=False)
    op.create_index(op.f("queue_events_at_idx"), "queue_events", ["at"], unique=False)
    op.create_index(op.f("queue_events_ticket_id_id_idx"), "queue_events", ["ticket_id", "id"], unique=False)
    op.create_table(
        "skills",
        sa.Column("advisor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("level between 1 and 3", name=op.f("skills_level_check")),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("skills_advisor_id_fkey")),
        sa.PrimaryKeyConstraint("advisor_id", "subject", name=op.f("skills_pkey")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("callback_id", sa.BigInteger(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("identified", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("wanted_id", sa.BigInteger(), nullable=True),
        sa.Column("tier", sa.Text(), server_default="usual", nullable=False),
        sa.Column("path", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recording", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("caller_sid", sa.Text(), nullable=True),
        sa.Column("advisor_sid", sa.Text(), nullable=True),
        sa.Column("queue_sid", sa.Text(), nullable=True),
        sa.Column("conference_sid", sa.Text(), nullable=True),
        sa.Column("announced", sa.SmallInteger(), nullable=True),
        sa.Column("waited_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("advisor_id", sa.BigInteger(), nullable=True),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bridged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_hold", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'ended') = (outcome is not null)", name=op.f("tickets_ended_somehow_check")),
        sa.CheckConstraint("kind in ('call', 'callback', 'consult')", name=op.f("tickets_kind_check")),
        sa.CheckConstraint(
            "state = 'waiting' or state = 'ended' or advisor_id is not null",
            name=op.f("tickets_taken_by_somebody_check"),
        ),
        sa.CheckConstraint("state in ('waiting', 'accepted', 'talking', 'ended')", name=op.f("tickets_state_check")),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("tickets_advisor_id_fkey")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("tickets_call_id_fkey")),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("tickets_callback_id_fkey")),
        sa.ForeignKeyConstraint(["parent_id"], ["tickets.id"], name=op.f("tickets_parent_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("tickets_person_id_fkey")),
        sa.ForeignKeyConstraint(["wanted_id"], ["advisors.id"], name=op.f("tickets_wanted_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("tickets_pkey")),
        sa.UniqueConstraint("call_id", name=op.f("tickets_call_id_key")),
        sa.UniqueConstraint("offer_id", name=op.f("tickets_offer_id_key")),
        sa.UniqueConstraint("room", name=op.f("tickets_room_key")),
    )
    op.create_index(op.f("tickets_advisor_id_idx"), "tickets", ["advisor_id"], unique=False)
    op.create_index(op.f("tickets_advisor_sid_idx"), "tickets", ["advisor_sid"], unique=False)
    op.create_index(op.f("tickets_callback_id_idx"), "tickets", ["callback_id"], unique=False)
    op.create_index(op.f("tickets_caller_sid_idx"), "tickets", ["caller_sid"], unique=False)
    op.create_index(op.f("tickets_conference_sid_idx"), "tickets", ["conference_sid"], unique=False)
    op.create_index(
        "tickets_open_idx", "tickets", ["state", "id"], unique=False, postgresql_where=sa.text("state <> 'ended'")
    )
    op.create_index(op.f("tickets_parent_id_idx"), "tickets", ["parent_id"], unique=False)
    op.create_index(op.f("tickets_person_id_queued_at_idx"), "tickets", ["person_id", "queued_at"], unique=False)
    op.create_index(op.f("tickets_queued_at_idx"), "tickets", ["queued_at"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at is not null)", name=op.f("cases_closed_check")),
        sa.CheckConstraint("state in ('open', 'followed', 'closed')", name=op.f("cases_state_check")),
        sa.ForeignKeyConstraint(["opened_by"], ["advisors.id"], name=op.f("cases_opened_by_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("cases_person_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("cases_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cases_pkey")),
    )
    op.create_index(op.f("cases_person_id_id_idx"), "cases", ["person_id", "id"], unique=False)
    op.create_index(op.f("cases_ticket_id_idx"), "cases", ["ticket_id"], unique=False)
    op.create_table(
        "dials",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("proof_id", sa.BigInteger(), nullable=True),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'callback') = (ticket_id is not null)", name=op.f("dials_callback_of_a_ticket_check")
        ),
        sa.CheckConstraint("(kind = 'proof') = (proof_id is not null)", name=op.f("dials_proof_of_a_claim_check")),
        sa.CheckConstraint("(state = 'ended') = (result is not null)", name=op.f("dials_ended_somehow_check")),
        sa.CheckConstraint("kind in ('callback', 'proof')", name=op.f("dials_kind_check")),
        sa.CheckConstraint(
            "state in ('queued', 'dialling', 'ringing', 'answered', 'ended')", name=op.f("dials_state_check")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("dials_call_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("dials_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("dials_pkey")),
        sa.UniqueConstraint("proof_id", name=op.f("dials_proof_id_key")),
        sa.UniqueConstraint("sid", name=op.f("dials_sid_key")),
    )
    op.create_index(op.f("dials_attempted_at_idx"), "dials", ["attempted_at"], unique=False)
    op.create_index(
        "dials_open_idx", "dials", ["state", "due_at"], unique=False, postgresql_where=sa.text("state <> 'ended'")
    )
    op.create_index(
        "dials_open_of_ticket_key", "dials", ["ticket_id"], unique=True, postgresql_where=sa.text("state <> 'ended'")
    )
    op.create_table(
        "errands",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("leg", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("what in ('fetch', 'send-on', 'hang-up')", name=op.f("errands_what_check")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("errands_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("errands_pkey")),
    )
    op.create_index(op.f("errands_due_at_idx"), "errands", ["due_at"], unique=False)
    op.create_index("errands_once_key", "errands", ["what", "leg"], unique=True)
    op.create_index(op.f("errands_ticket_id_idx"), "errands", ["ticket_id"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("ticket_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason in ('waiting', 'welcome', 'explanations', 'solution', 'other')", name=op.f("surveys_reason_check")
        ),
        sa.CheckConstraint("score between 1 and 5", name=op.f("surveys_score_check")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("surveys_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("surveys_pkey")),
    )
    op.create_table(
        "case_notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("advisor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("case_notes_advisor_id_fkey")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("case_notes_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("case_notes_pkey")),
    )
    op.create_index(op.f("case_notes_case_id_id_idx"), "case_notes", ["case_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("case_notes_case_id_id_idx"), table_name="case_notes")
    op.drop_table("case_notes")
    op.drop_table("surveys")
    op.drop_index(op.f("errands_ticket_id_idx"), table_name="errands")
    op.drop_index("errands_once_key", table_name="errands")
    op.drop_index(op.f("errands_due_at_idx"), table_name="errands")
    op.drop_table("errands")
    op.drop_index("dials_open_of_ticket_key", table_name="dials", postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index("dials_open_idx", table_name="dials", postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index(op.f("dials_attempted_at_idx"), table_name="dials")
    op.drop_table("dials")
    op.drop_index(op.f("cases_ticket_id_idx"), table_name="cases")
    op.drop_index(op.f("cases_person_id_id_idx"), table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("tickets_queued_at_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_person_id_queued_at_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_parent_id_idx"), table_name="tickets")
    op.drop_index("tickets_open_idx", table_name="tickets", postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index(op.f("tickets_conference_sid_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_caller_sid_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_callback_id_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_advisor_sid_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_advisor_id_idx"), table_name="tickets")
    op.drop_table("tickets")
    op.drop_table("skills")
    op.drop_index(op.f("queue_events_ticket_id_id_idx"), table_name="queue_events")
    op.drop_index(op.f("queue_events_at_idx"), table_name="queue_events")
    op.drop_index(op.f("queue_events_advisor_id_at_idx"), table_name="queue_events")
    op.drop_table("queue_events")
    op.drop_table("holidays")
    op.drop_index("advisors_present_idx", table_name="advisors", postgresql_where=sa.text("state <> 'signed-out'"))
    op.drop_table("advisors")
