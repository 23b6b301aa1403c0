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
    op.create_index(op.f("tickets_callback_id_idx"), "tickets", ["callback_id"], unique=False)
    op.create_index(op.f("tickets_caller_sid_idx"), "tickets", ["caller_sid"], unique=False)
    op.create_index(op.f("tickets_conference_sid_idx"), "tickets", ["conference_sid"], unique=False)
    op.create_index(
        "tickets_open_idx", "tickets", ["state", "id"], unique=False, postgresql_where=sa.text("state <> 'ended'")
    )
    op.create_index(op.f("tickets_person_id_queued_at_idx"), "tickets", ["person_id", "queued_at"], unique=False)
    op.create_index(op.f("tickets_queued_at_idx"), "tickets", ["queued_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("tickets_queued_at_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_person_id_queued_at_idx"), table_name="tickets")
    op.drop_index("tickets_open_idx", table_name="tickets", postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index(op.f("tickets_conference_sid_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_caller_sid_idx"), table_name="tickets")
    op.drop_index(op.f("tickets_callback_id_idx"), table_name="tickets")
    op.drop_table("tickets")
    op.drop_table("skills")
    op.drop_index(op.f("queue_events_ticket_id_id_idx"), table_name="queue_events")
    op.drop_index(op.f("queue_events_at_idx"), table_name="queue_events")
    op.drop_index(op.f("queue_events_advisor_id_at_idx"), table_name="queue_events")
    op.drop_table("queue_events")
    op.drop_index("advisors_present_idx", table_name="advisors", postgresql_where=sa.text("state <> 'signed-out'"))
    op.drop_table("advisors")
