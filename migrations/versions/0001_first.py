"""Every table of the first release."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("registration_number_seq", start=190_000_001)))

    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_pkey")),
    )
    op.create_index(op.f("audit_person_id_at_idx"), "audit", ["person_id", "at"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("events_pkey")),
        sa.UniqueConstraint("position", name=op.f("events_position_key")),
    )
    op.create_index("events_unplaced_idx", "events", ["id"], unique=False, postgresql_where=sa.text("position IS NULL"))
    op.create_table(
        "tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("tokens_pkey")),
    )
    op.create_index("tokens_name_key", "tokens", ["name"], unique=True, postgresql_where=sa.text("revoked_at IS NULL"))
    op.create_table(
        "token_refusals",
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "minute", name=op.f("token_refusals_pkey")),
    )
    op.create_table(
        "requests",
        sa.Column("token_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name=op.f("requests_token_id_fkey")),
        sa.PrimaryKeyConstraint("token_id", "key", name=op.f("requests_pkey")),
    )
    op.create_index(op.f("requests_answered_at_idx"), "requests", ["answered_at"], unique=False)
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("lines_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected_bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("imports_pkey")),
    )
    op.create_index(
        "imports_unfinished_key",
        "imports",
        ["kind", "sha256"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="received", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("bytes_done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lines_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejects_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state in ('received', 'confirmed', 'running', 'ended', 'cancelled', 'failed')",
            name=op.f("uploads_state_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("uploads_pkey")),
    )
    op.create_index(
        "uploads_open_idx",
        "uploads",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state in ('received', 'confirmed', 'running')"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("registration_number", sa.Text(), nullable=True),
        sa.Column("cin", sa.Text(), nullable=False),
        sa.Column("cin_digits", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name_ar", sa.Text(), server_default="", nullable=False),
        sa.Column("first_name_ar", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("birth_year_only", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("portal_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mobile_proves_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tax_id", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("preferred_language", sa.Text(), nullable=True),
        sa.Column("liaison_body", sa.Text(), nullable=True),
        sa.Column("contributions_from", sa.Date(), nullable=True),
        sa.Column("amo_from", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status = 'pending' or registration_number is not null", name=op.f("people_registered_has_number_check")
        ),
        sa.CheckConstraint("status in ('pending', 'registered')", name=op.f("people_status_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("people_pkey")),
        sa.UniqueConstraint("cin", name=op.f("people_cin_key")),
        sa.UniqueConstraint("registration_number", name=op.f("people_registration_number_key")),
    )
    op.create_index(op.f("people_cin_digits_birth_date_idx"), "people", ["cin_digits", "birth_date"], unique=False)
    op.create_table(
        "scans",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("scans_pkey")),
    )
    op.create_table(
        "switched_off",
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("occasion", name=op.f("switched_off_pkey")),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("caller", sa.LargeBinary(), nullable=False),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), server_default="in-progress", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("advisor_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("calls_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("calls_pkey")),
        sa.UniqueConstraint("sid", name=op.f("calls_sid_key")),
    )
    op.create_index(op.f("calls_caller_started_at_idx"), "calls", ["caller", "started_at"], unique=False)
    op.create_index("calls_open_idx", "calls", ["id"], unique=False, postgresql_where=sa.text("ended_at IS NULL"))
    op.create_index(op.f("calls_person_id_started_at_idx"), "calls", ["person_id", "started_at"], unique=False)
    op.create_index(op.f("calls_started_at_idx"), "calls", ["started_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("validity", sa.Integer(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeated", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state in ('queued', 'sending', 'uncertain', 'needs-attention', 'expired', 'handed', "
            "'sent', 'delivered', 'undelivered', 'failed', 'withheld')",
            name=op.f("outbox_state_check"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("outbox_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_pkey")),
        sa.UniqueConstraint("business_key", name=op.f("outbox_business_key_key")),
    )
    op.create_index(
        "outbox_attention_idx", "outbox", ["id"], unique=False, postgresql_where=sa.text("state = 'needs-attention'")
    )
    op.create_index(
        "outbox_due_idx",
        "outbox",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state in ('queued', 'sending', 'uncertain')"),
    )
    op.create_index(
        "outbox_payload_idx", "outbox", ["ends_at"], unique=False, postgresql_where=sa.text("payload is not null")
    )
    op.create_index(op.f("outbox_person_id_promised_at_idx"), "outbox", ["person_id", "promised_at"], unique=False)
    op.create_index(
        "outbox_queued_idx",
        "outbox",
        ["priority", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(op.f("outbox_recipient_promised_at_idx"), "outbox", ["recipient", "promised_at"], unique=False)
    op.create_index(op.f("outbox_sid_idx"), "outbox", ["sid"], unique=False)
    op.create_table(
        "advisors",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="advisor", nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("password_once", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
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
        "callbacks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("advisor_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("callee", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("path", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("counts_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("half", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="promised", nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('place', 'half-day')", name=op.f("callbacks_kind_check")),
        sa.CheckConstraint("half in ('morning', 'afternoon')", name=op.f("callbacks_half_check")),
        sa.CheckConstraint(
            "state in ('promised', 'due', 'kept', 'missed', 'cancelled')", name=op.f("callbacks_state_check")
        ),
        sa.CheckConstraint(
            "(kind = 'half-day') = (day is not null and half is not null)", name=op.f("callbacks_half_day_is_one_check")
        ),
        sa.CheckConstraint("(kind = 'place') = (counts_from is not null)", name=op.f("callbacks_place_counts_check")),
        sa.CheckConstraint(
            "(call_id is null) = (advisor_id is not null)", name=op.f("callbacks_promised_by_one_check")
        ),
        sa.CheckConstraint(
            "(state in ('kept', 'missed', 'cancelled')) = (ended_at is not null)",
            name=op.f("callbacks_ended_some_time_check"),
        ),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("callbacks_advisor_id_fkey")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("callbacks_call_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("callbacks_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("callbacks_pkey")),
        sa.UniqueConstraint("call_id", name=op.f("callbacks_call_id_key")),
    )
    op.create_index(
        "callbacks_promised_idx", "callbacks", ["due_at"], unique=False, postgresql_where=sa.text("state = 'promised'")
    )
    op.create_index("callbacks_due_idx", "callbacks", ["id"], unique=False, postgresql_where=sa.text("state = 'due'"))
    op.create_index(
        "callbacks_missed_idx", "callbacks", ["id"], unique=False, postgresql_where=sa.text("state = 'missed'")
    )
    op.create_index(
        "callbacks_callee_idx",
        "callbacks",
        ["callee"],
        unique=False,
        postgresql_where=sa.text("state in ('promised', 'due')"),
    )
    op.create_index(
        "callbacks_person_idx",
        "callbacks",
        ["person_id"],
        unique=False,
        postgresql_where=sa.text("state in ('promised', 'due')"),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("mobile", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("aloud", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_in", sa.BigInteger(), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("codes_call_id_fkey")),
        sa.ForeignKeyConstraint(["confirmed_in"], ["calls.id"], name=op.f("codes_confirmed_in_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("codes_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("codes_pkey")),
    )
    op.create_index(op.f("codes_call_id_id_idx"), "codes", ["call_id", "id"], unique=False)
    op.create_index(op.f("codes_subject_sent_at_idx"), "codes", ["subject", "sent_at"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("ended", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("erased", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("conversations_call_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("conversations_pkey")),
        sa.UniqueConstraint("call_id", "name", name=op.f("conversations_call_id_name_key")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(
        "conversations_kept_idx", "conversations", ["id"], unique=False, postgresql_where=sa.text("not erased")
    )
    op.create_table(
        "claimed",
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("claimed_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", "subject", name=op.f("claimed_pkey")),
    )
    op.create_index(op.f("claimed_at_idx"), "claimed", ["at"], unique=False)
    op.create_table(
        "failures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("caller", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("failures_call_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("failures_pkey")),
    )
    op.create_index(op.f("failures_at_idx"), "failures", ["at"], unique=False)
    op.create_index(op.f("failures_caller_at_idx"), "failures", ["caller", "at"], unique=False)
    op.create_index(op.f("failures_subject_at_idx"), "failures", ["subject", "at"], unique=False)
    op.create_table(
        "registrations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=True),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("contributions_from", sa.Date(), nullable=False),
        sa.Column("amo_from", sa.Date(), nullable=False),
        sa.Column("activation", sa.LargeBinary(), nullable=False),
        sa.Column("activation_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activation_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(payment = 'direct-debit') = (account is not null)", name=op.f("registrations_account_check")
        ),
        sa.CheckConstraint("payment in ('direct-debit', 'self')", name=op.f("registrations_payment_check")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("registrations_call_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("registrations_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("registrations_pkey")),
        sa.UniqueConstraint("number", name=op.f("registrations_number_key")),
        sa.UniqueConstraint("person_id", name=op.f("registrations_person_id_key")),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("steps_call_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("steps_pkey")),
    )
    op.create_index(op.f("steps_at_idx"), "steps", ["at"], unique=False)
    op.create_index(op.f("steps_call_id_turn_idx"), "steps", ["call_id", "turn"], unique=False)
    op.create_table(
        "agencies",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.CheckConstraint("kind in ('agency', 'mobile', 'point')", name=op.f("agencies_kind_check")),
        sa.CheckConstraint("(latitude is null) = (longitude is null)", name=op.f("agencies_coordinates_check")),
        sa.PrimaryKeyConstraint("code", name=op.f("agencies_pkey")),
    )
    op.create_table(
        "cancelled",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("contribution", sa.Integer(), nullable=False),
        sa.Column("penalty", sa.Integer(), nullable=False),
        sa.Column("enforcement_fee", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "contribution >= 0 and penalty >= 0 and enforcement_fee >= 0", name=op.f("cancelled_amounts_check")
        ),
        sa.PrimaryKeyConstraint("person_id", "month", name=op.f("cancelled_pkey")),
    )
    op.create_table(
        "charges",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("contribution", sa.Integer(), nullable=False),
        sa.Column("penalty", sa.Integer(), nullable=False),
        sa.Column("enforcement_fee", sa.Integer(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "contribution >= 0 and penalty >= 0 and enforcement_fee >= 0", name=op.f("charges_amounts_check")
        ),
        sa.PrimaryKeyConstraint("person_id", "month", "revision", name=op.f("charges_pkey")),
    )
    op.create_table(
        "claim_delays",
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("files", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("paid_on", name=op.f("claim_delays_pkey")),
    )
    op.create_table(
        "payments",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.CheckConstraint("channel in ('link', 'point', 'direct-debit')", name=op.f("payments_channel_check")),
        sa.CheckConstraint("amount >= 0", name=op.f("payments_amount_check")),
        sa.PrimaryKeyConstraint("reference", "revision", name=op.f("payments_pkey")),
    )
    op.create_index(op.f("payments_person_id_idx"), "payments", ["person_id"], unique=False)
    op.create_table(
        "salaries",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("pay", sa.Integer(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("days between 0 and 31 and pay >= 0", name=op.f("salaries_figures_check")),
        sa.PrimaryKeyConstraint("person_id", "month", name=op.f("salaries_pkey")),
    )
    op.create_table(
        "claims",
        sa.Column("file_number", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("beneficiary", sa.Text(), nullable=False),
        sa.Column("care_date", sa.Date(), nullable=False),
        sa.Column("deposited_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_date", sa.Date(), nullable=False),
        sa.Column("claimed", sa.Integer(), nullable=True),
        sa.Column("payable", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("missing_documents", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status in ('received', 'in-review', 'medical-check', 'awaiting-documents', 'rejected', 'settled', 'paid')",
            name=op.f("claims_status_check"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("claims_person_id_fkey")),
        sa.PrimaryKeyConstraint("file_number", name=op.f("claims_pkey")),
    )
    op.create_index(op.f("claims_person_id_deposited_on_idx"), "claims", ["person_id", "deposited_on"], unique=False)
    op.create_table(
        "relatives",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("schooling", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("income", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind in ('spouse', 'child')", name=op.f("relatives_kind_check")),
        sa.CheckConstraint("schooling in ('none', 'apprentice', 'student')", name=op.f("relatives_schooling_check")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("relatives_person_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", "kind", "first_name", "birth_date", name=op.f("relatives_pkey")),
    )
    op.create_table(
        "claim_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file_number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("missing_documents", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["file_number"], ["claims.file_number"], name=op.f("claim_changes_file_number_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("claim_changes_pkey")),
    )
    op.create_index(
        "claim_changes_untold_idx", "claim_changes", ["id"], unique=False, postgresql_where=sa.text("told_at IS NULL")
    )
    op.create_table(
        "commitments",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("commitments_call_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("commitments_person_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("commitments_pkey")),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("advisor_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_provider", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("sessions_advisor_id_fkey")),
        sa.PrimaryKeyConstraint("digest", name=op.f("sessions_pkey")),
    )
    op.create_index(op.f("sessions_advisor_id_idx"), "sessions", ["advisor_id"], unique=False)
    op.create_index(op.f("sessions_began_at_idx"), "sessions", ["began_at"], unique=False)
    op.create_table(
        "legs",
        sa.Column("leg", sa.Text(), nullable=False),
        sa.Column("advisor_id", sa.BigInteger(), nullable=False),
        sa.Column("session", sa.LargeBinary(), nullable=False),
        sa.Column("attends", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("legs_advisor_id_fkey")),
        sa.PrimaryKeyConstraint("leg", name=op.f("legs_pkey")),
    )
    op.create_table(
        "sign_in_refusals",
        sa.Column("whose", sa.LargeBinary(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("whose", "minute", name=op.f("sign_in_refusals_pkey")),
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
        "opening_hours",
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("days", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        *(sa.Column(name, sa.Time(), nullable=False) for name in ("opens", "midday", "closes")),
        *(sa.Column(f"ramadan_{name}", sa.Time(), nullable=False) for name in ("opens", "midday", "closes")),
        sa.Column("calls_from", sa.Time(), nullable=False),
        sa.Column("calls_until", sa.Time(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("from_day", name=op.f("opening_hours_pkey")),
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
        "queue_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("queue_days_pkey")),
    )
    op.create_table(
        "queue_tallies",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("abandoned", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("unserved", sa.Integer(), nullable=False),
        sa.Column("gave_up_again", sa.Integer(), nullable=False),
        sa.Column("answered_after", postgresql.INTERVAL(), nullable=False),
        sa.Column("waited", postgresql.INTERVAL(), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("talk", postgresql.INTERVAL(), nullable=False),
        sa.Column("hold", postgresql.INTERVAL(), nullable=False),
        sa.Column("wrap_up", postgresql.INTERVAL(), nullable=False),
        sa.Column("surveyed", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("unacknowledged", sa.Integer(), nullable=False),
        sa.Column("transfers", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("promised", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("signed_in", postgresql.INTERVAL(), nullable=False),
        sa.Column("not_ready", postgresql.INTERVAL(), nullable=False),
        sa.Column("worked", postgresql.INTERVAL(), nullable=False),
        sa.Column("answered_waits", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("abandoned_waits", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("others_waits", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "begins", "name", name=op.f("queue_tallies_pkey")),
    )
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
        sa.Column("left_sid", sa.Text(), nullable=True),
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
    op.create_index(
        "tickets_accepted_idx",
        "tickets",
        ["subject", "language", "accepted_at"],
        unique=False,
        postgresql_where=sa.text("kind = 'call'"),
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
        sa.Column("held_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at is not null)", name=op.f("cases_closed_check")),
        sa.CheckConstraint("state in ('open', 'followed', 'closed')", name=op.f("cases_state_check")),
        sa.ForeignKeyConstraint(["held_by"], ["advisors.id"], name=op.f("cases_held_by_fkey")),
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
    op.create_index(op.f("dials_asked_at_idx"), "dials", ["asked_at"], unique=False)
    op.create_index(op.f("dials_attempted_at_idx"), "dials", ["attempted_at"], unique=False)
    op.create_index(op.f("dials_ticket_id_idx"), "dials", ["ticket_id"], unique=False)
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
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_table(
        "openings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("advisor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ground in ('call', 'case', 'reason')", name=op.f("openings_ground_check")),
        sa.CheckConstraint(
            "reason in ('caller-not-proved', 'call-before', 'callback', 'letter', 'agency', 'complaint', "
            "'quality', 'other')",
            name=op.f("openings_reason_check"),
        ),
        sa.CheckConstraint(
            "(ground = 'reason') = (reason is not null and words is not null)",
            name=op.f("openings_reason_in_words_check"),
        ),
        sa.CheckConstraint("(ground = 'case') = (case_id is not null)", name=op.f("openings_case_of_the_person_check")),
        sa.CheckConstraint("ground <> 'call' or ticket_id is not null", name=op.f("openings_call_with_a_ticket_check")),
        sa.CheckConstraint(
            "person_id is not null or (ground = 'reason' and closed_at is not null)",
            name=op.f("openings_somebody_check"),
        ),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("openings_advisor_id_fkey")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("openings_case_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("openings_person_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("openings_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("openings_pkey")),
    )
    op.create_index(op.f("openings_advisor_id_opened_at_idx"), "openings", ["advisor_id", "opened_at"], unique=False)
    op.create_index(
        "openings_at_hand_idx",
        "openings",
        ["advisor_id", "id"],
        unique=False,
        postgresql_where=sa.text("closed_at is null and ground <> 'call'"),
    )
    op.create_index(op.f("openings_case_id_idx"), "openings", ["case_id"], unique=False)
    op.create_index(
        "openings_of_call_key",
        "openings",
        ["advisor_id", "ticket_id"],
        unique=True,
        postgresql_where=sa.text("ground = 'call'"),
    )
    op.create_index(op.f("openings_person_id_opened_at_idx"), "openings", ["person_id", "opened_at"], unique=False)
    op.create_index(op.f("openings_ticket_id_idx"), "openings", ["ticket_id"], unique=False)
    op.create_index(op.f("openings_opened_at_idx"), "openings", ["opened_at"], unique=False)
    op.create_table(
        "mobile_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("old", sa.LargeBinary(), nullable=True),
        sa.Column("new", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proved_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("advisor", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("mobile_changes_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("mobile_changes_pkey")),
    )
    op.create_index(
        op.f("mobile_changes_advisor_changed_at_idx"), "mobile_changes", ["advisor", "changed_at"], unique=False
    )
    op.create_index(op.f("mobile_changes_changed_at_idx"), "mobile_changes", ["changed_at"], unique=False)
    op.create_index(op.f("mobile_changes_person_id_id_idx"), "mobile_changes", ["person_id", "id"], unique=False)
    op.create_table(
        "acts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("advisor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisors.id"], name=op.f("acts_advisor_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("acts_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("acts_pkey")),
        sa.UniqueConstraint("scope", "name", "number", name=op.f("acts_scope_name_number_key")),
    )
    op.create_index("acts_said_idx", "acts", ["done_at"], unique=False, postgresql_where=sa.text("said is not null"))
    op.create_index("cases_unsettled_idx", "cases", ["id"], unique=False, postgresql_where=sa.text("state <> 'closed'"))
    op.create_index(
        "cases_held_idx", "cases", ["held_by", "id"], unique=False, postgresql_where=sa.text("state <> 'closed'")
    )


def downgrade() -> None:
    op.drop_index("cases_held_idx", table_name="cases", postgresql_where=sa.text("state <> 'closed'"))
    op.drop_index("cases_unsettled_idx", table_name="cases", postgresql_where=sa.text("state <> 'closed'"))
    op.drop_index("acts_said_idx", table_name="acts", postgresql_where=sa.text("said is not null"))
    op.drop_table("acts")
    op.drop_index(op.f("mobile_changes_person_id_id_idx"), table_name="mobile_changes")
    op.drop_index(op.f("mobile_changes_changed_at_idx"), table_name="mobile_changes")
    op.drop_index(op.f("mobile_changes_advisor_changed_at_idx"), table_name="mobile_changes")
    op.drop_table("mobile_changes")
    op.drop_index(op.f("openings_opened_at_idx"), table_name="openings")
    op.drop_index(op.f("openings_ticket_id_idx"), table_name="openings")
    op.drop_index(op.f("openings_person_id_opened_at_idx"), table_name="openings")
    op.drop_index("openings_of_call_key", table_name="openings", postgresql_where=sa.text("ground = 'call'"))
    op.drop_index(op.f("openings_case_id_idx"), table_name="openings")
    op.drop_index(
        "openings_at_hand_idx",
        table_name="openings",
        postgresql_where=sa.text("closed_at is null and ground <> 'call'"),
    )
    op.drop_index(op.f("openings_advisor_id_opened_at_idx"), table_name="openings")
    op.drop_table("openings")
    op.drop_index(op.f("case_notes_case_id_id_idx"), table_name="case_notes")
    op.drop_table("case_notes")
    op.drop_table("surveys")
    op.drop_index(op.f("errands_ticket_id_idx"), table_name="errands")
    op.drop_index("errands_once_key", table_name="errands")
    op.drop_index(op.f("errands_due_at_idx"), table_name="errands")
    op.drop_table("errands")
    op.drop_index("dials_open_of_ticket_key", table_name="dials", postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index("dials_open_idx", table_name="dials", postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index(op.f("dials_ticket_id_idx"), table_name="dials")
    op.drop_index(op.f("dials_attempted_at_idx"), table_name="dials")
    op.drop_index(op.f("dials_asked_at_idx"), table_name="dials")
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
    op.drop_index("tickets_accepted_idx", table_name="tickets", postgresql_where=sa.text("kind = 'call'"))
    op.drop_index(op.f("tickets_advisor_id_idx"), table_name="tickets")
    op.drop_table("tickets")
    op.drop_table("skills")
    op.drop_table("queue_tallies")
    op.drop_table("queue_days")
    op.drop_index(op.f("queue_events_ticket_id_id_idx"), table_name="queue_events")
    op.drop_index(op.f("queue_events_at_idx"), table_name="queue_events")
    op.drop_index(op.f("queue_events_advisor_id_at_idx"), table_name="queue_events")
    op.drop_table("queue_events")
    op.drop_table("opening_hours")
    op.drop_table("holidays")
    op.drop_table("sign_in_refusals")
    op.drop_table("legs")
    op.drop_index(op.f("sessions_began_at_idx"), table_name="sessions")
    op.drop_index(op.f("sessions_advisor_id_idx"), table_name="sessions")
    op.drop_table("sessions")
    op.execute(sa.schema.DropSequence(sa.Sequence("registration_number_seq")))

    op.drop_table("commitments")
    op.drop_index("claim_changes_untold_idx", table_name="claim_changes", postgresql_where=sa.text("told_at IS NULL"))
    op.drop_table("claim_changes")
    op.drop_table("relatives")
    op.drop_index(op.f("claims_person_id_deposited_on_idx"), table_name="claims")
    op.drop_table("claims")
    op.drop_table("salaries")
    op.drop_index(op.f("payments_person_id_idx"), table_name="payments")
    op.drop_table("payments")
    op.drop_table("claim_delays")
    op.drop_table("charges")
    op.drop_table("cancelled")
    op.drop_table("agencies")
    op.drop_index(op.f("steps_call_id_turn_idx"), table_name="steps")
    op.drop_index(op.f("steps_at_idx"), table_name="steps")
    op.drop_table("steps")
    op.drop_table("registrations")
    op.drop_index(op.f("claimed_at_idx"), table_name="claimed")
    op.drop_table("claimed")
    op.drop_index(op.f("failures_subject_at_idx"), table_name="failures")
    op.drop_index(op.f("failures_caller_at_idx"), table_name="failures")
    op.drop_index(op.f("failures_at_idx"), table_name="failures")
    op.drop_table("failures")
    op.drop_index("conversations_kept_idx", table_name="conversations", postgresql_where=sa.text("not erased"))
    op.drop_table("conversations")
    op.drop_index(op.f("codes_subject_sent_at_idx"), table_name="codes")
    op.drop_index(op.f("codes_call_id_id_idx"), table_name="codes")
    op.drop_table("codes")
    op.drop_index(
        "callbacks_person_idx", table_name="callbacks", postgresql_where=sa.text("state in ('promised', 'due')")
    )
    op.drop_index(
        "callbacks_callee_idx", table_name="callbacks", postgresql_where=sa.text("state in ('promised', 'due')")
    )
    op.drop_index("callbacks_missed_idx", table_name="callbacks", postgresql_where=sa.text("state = 'missed'"))
    op.drop_index("callbacks_due_idx", table_name="callbacks", postgresql_where=sa.text("state = 'due'"))
    op.drop_index("callbacks_promised_idx", table_name="callbacks", postgresql_where=sa.text("state = 'promised'"))
    op.drop_table("callbacks")
    op.drop_index("advisors_present_idx", table_name="advisors", postgresql_where=sa.text("state <> 'signed-out'"))
    op.drop_table("advisors")
    op.drop_index(op.f("outbox_sid_idx"), table_name="outbox")
    op.drop_index(op.f("outbox_recipient_promised_at_idx"), table_name="outbox")
    op.drop_index("outbox_queued_idx", table_name="outbox", postgresql_where=sa.text("state = 'queued'"))
    op.drop_index(op.f("outbox_person_id_promised_at_idx"), table_name="outbox")
    op.drop_index("outbox_payload_idx", table_name="outbox", postgresql_where=sa.text("payload is not null"))
    op.drop_index(
        "outbox_due_idx", table_name="outbox", postgresql_where=sa.text("state in ('queued', 'sending', 'uncertain')")
    )
    op.drop_index("outbox_attention_idx", table_name="outbox", postgresql_where=sa.text("state = 'needs-attention'"))
    op.drop_table("outbox")
    op.drop_index(op.f("calls_started_at_idx"), table_name="calls")
    op.drop_index(op.f("calls_person_id_started_at_idx"), table_name="calls")
    op.drop_index("calls_open_idx", table_name="calls", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index(op.f("calls_caller_started_at_idx"), table_name="calls")
    op.drop_table("calls")
    op.drop_table("switched_off")
    op.drop_table("scans")
    op.drop_index(op.f("people_cin_digits_birth_date_idx"), table_name="people")
    op.drop_table("people")
    op.drop_index(
        "uploads_open_idx",
        table_name="uploads",
        postgresql_where=sa.text("state in ('received', 'confirmed', 'running')"),
    )
    op.drop_table("uploads")
    op.drop_index("imports_unfinished_key", table_name="imports", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("imports")
    op.drop_index(op.f("requests_answered_at_idx"), table_name="requests")
    op.drop_table("requests")
    op.drop_table("token_refusals")
    op.drop_index("tokens_name_key", table_name="tokens", postgresql_where=sa.text("revoked_at IS NULL"))
    op.drop_table("tokens")
    op.drop_index("events_unplaced_idx", table_name="events", postgresql_where=sa.text("position IS NULL"))
    op.drop_table("events")
    op.drop_index(op.f("audit_person_id_at_idx"), table_name="audit")
    op.drop_table("audit")
