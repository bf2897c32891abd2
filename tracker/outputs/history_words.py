"""The words of the history: kinds of records, actions, fields that have no title of their own, vocabularies."""

from __future__ import annotations

from typing import Any

from ..domain import statuses, technologies
from ..domain.sources import LICENCES
from ..domain.text import Text
from ..domain.users import ROLES
from ..domain.vocabulary import Term, Vocabulary

_PARTS = {
    "units": Text("Tổ máy", "Unit"),
    "sites": Text("Địa điểm", "Site"),
    "links": Text("Liên kết quy hoạch", "Tie to the plan"),
    "parties": Text("Nhà đầu tư", "Investor"),
    "milestones": Text("Bước thủ tục", "Milestone"),
    "documents": Text("Văn bản", "Document"),
    "sources": Text("Nguồn", "Source"),
    "citations": Text("Trích dẫn nguồn", "Citation"),
    "external_ids": Text("Mã ở hệ thống khác", "Identifier elsewhere"),
    "relations": Text("Dự án liên quan", "Related project"),
    "actions": Text("Việc cần làm", "Next action"),
    "fact_changes": Text("Thay đổi thực tế", "Dated change of a fact"),
    "overrides": Text("Cảnh báo đã chấp nhận", "Accepted warning"),
    "call": Text("Kêu gọi đầu tư", "Call for investment"),
}
# tables that keep a history, in the order of the filter
TABLES: dict[str, Text] = {
    "project": Text("Dự án", "Project"),
    "unit": _PARTS["units"],
    "site": _PARTS["sites"],
    "plan_link": _PARTS["links"],
    "party": _PARTS["parties"],
    "milestone": _PARTS["milestones"],
    "document": _PARTS["documents"],
    "source": _PARTS["sources"],
    "citation": _PARTS["citations"],
    "external_id": _PARTS["external_ids"],
    "project_relation": _PARTS["relations"],
    "next_action": _PARTS["actions"],
    "fact_change": _PARTS["fact_changes"],
    "override": _PARTS["overrides"],
    "investment_call": _PARTS["call"],
    "publication": Text("Bản công bố", "Publication"),
    "organisation": Text("Tổ chức", "Organisation"),
    "attachment": Text("Tệp đính kèm", "Attached file"),
    "batch": Text("Đợt cập nhật", "Batch"),
    "not_duplicate": Text("Không trùng nhau", "Not a duplicate"),
    "code_redirect": Text("Mã cũ", "Old code"),
    "setting": Text("Thiết lập", "Setting"),
    "meeting": Text("Cuộc họp", "Meeting"),
    "inquiry": Text("Câu hỏi của nhà đầu tư", "Enquiry"),
    "user_account": Text("Tài khoản", "Account"),
    "user_token": Text("Liên kết đặt mật khẩu", "Link for choosing a password"),
    "zone": Text("Khu kinh tế, khu công nghiệp", "Zone"),
}
KINDS: dict[str, Text] = {
    **TABLES,
    **_PARTS,
    "plan_entry": Text("Dòng quy hoạch", "Plan row"),
    "plan_allocation": Text("Phân bổ", "Allocation"),
    "instrument": Text("Văn bản quy hoạch", "Decision of the plan"),
    "instrument_relation": Text("Quan hệ giữa các văn bản", "Relation of decisions"),
    "plan_table": Text("Bảng quy hoạch", "Table of the plan"),
    "plan_target": Text("Mục tiêu quy hoạch", "Target of the plan"),
    "plan_rule": Text("Quy tắc quy hoạch", "Rule of the plan"),
    "province": Text("Tỉnh, thành phố", "Province"),
    "former_province": Text("Tỉnh trước 01/7/2025", "Province before 1 July 2025"),
    "zone": Text("Khu kinh tế, khu công nghiệp", "Zone"),
}
# loaded from the reference files, where their figures stand in full
REFERENCE = frozenset(
    {"instrument", "instrument_relation", "plan_table", "plan_target", "plan_allocation", "plan_entry", "plan_rule",
     "province", "former_province"}
)  # fmt: skip
OPERATIONS: dict[str, Text] = {
    "insert": Text("thêm", "added"),
    "update": Text("sửa", "changed"),
    "delete": Text("bỏ", "removed"),
}
ACTIONS: dict[str, Text] = {
    "add project": Text("Thêm dự án", "Added the project"),
    "edit project": Text("Sửa dự án", "Edited the project"),
    "submit project": Text("Gửi duyệt", "Submitted for review"),
    "publish project": Text("Công bố", "Published"),
    "return project": Text("Trả lại", "Returned"),
    "withdraw project": Text("Rút khỏi công bố", "Withdrew from the public"),
    "archive project": Text("Lưu trữ", "Archived"),
    "restore project": Text("Đưa ra khỏi lưu trữ", "Took out of the archive"),
    "restore version": Text("Khôi phục phiên bản cũ", "Restored an earlier version"),
    "merge projects": Text("Gộp dự án trùng", "Merged duplicates"),
    "record action": Text("Ghi việc cần làm", "Recorded a next action"),
    "record step": Text("Ghi bước thủ tục", "Recorded a step of the procedure"),
    "record milestone": Text("Ghi bước thủ tục", "Recorded a milestone"),
    "record fact": Text("Ghi thay đổi thực tế", "Recorded a dated change"),
    "accept warning": Text("Chấp nhận cảnh báo", "Accepted a warning"),
    "tell projects apart": Text("Xác nhận không trùng nhau", "Told two projects apart"),
    "unmerge projects": Text("Hoàn tác gộp dự án", "Undid a merge"),
    "bulk edit": Text("Sửa hàng loạt", "Bulk edit"),
    "undo bulk edit": Text("Hoàn tác sửa hàng loạt", "Undid a bulk edit"),
    "import": Text("Nhập từ bảng tính", "Imported a spreadsheet"),
    "undo import": Text("Hoàn tác nhập bảng tính", "Undid an import"),
    "attach document": Text("Đính kèm văn bản", "Attached a document"),
    "add account": Text("Thêm tài khoản", "Added an account"),
    "set password": Text("Đặt mật khẩu", "Set a password"),
    "invite account": Text("Mời người dùng", "Invited somebody"),
    "choose password": Text("Chọn mật khẩu bằng liên kết", "Chose a password with a link"),
    "change account": Text("Sửa tên hoặc vai trò", "Changed name or role"),
    "block account": Text("Khóa tài khoản", "Blocked an account"),
    "unblock account": Text("Mở khóa tài khoản", "Unblocked an account"),
    "reset password": Text("Hủy mật khẩu, cấp liên kết", "Took a password away, made a link"),
    "switch on second step": Text("Bật bước xác thực thứ hai", "Switched the second step on"),
    "switch off second step": Text("Tắt bước xác thực thứ hai", "Switched the second step off"),
    "use recovery code": Text("Dùng mã khôi phục", "Used a recovery code"),
    "change settings": Text("Sửa thiết lập", "Changed settings"),
    "change logo": Text("Đổi biểu trưng", "Changed the logo"),
    "add zone": Text("Thêm khu", "Added a zone"),
    "change zone": Text("Sửa khu", "Changed a zone"),
    "load reference data": Text("Nạp dữ liệu tham chiếu", "Loaded the reference data"),
    "load demo portfolio": Text("Nạp danh mục ban đầu", "Loaded the first portfolio"),
    "load sample set": Text("Nạp dữ liệu mẫu", "Loaded sample data"),
    "remove sample set": Text("Xóa dữ liệu mẫu", "Removed sample data"),
}
# titles of columns that declare none
FIELDS: dict[str, Text] = {
    "entry_id": Text("Dòng quy hoạch", "Plan row"),
    "allocation_id": Text("Phân bổ", "Allocation"),
    "instrument_code": Text("Văn bản", "Decision"),
    "organisation_id": Text("Tổ chức", "Organisation"),
    "parent_id": Text("Công ty mẹ", "Parent company"),
    "other_id": Text("Dự án liên quan", "Related project"),
    "assignee_id": Text("Tài khoản phụ trách", "Account in charge"),
    "user_id": Text("Tài khoản", "Account"),
    "ended_revision": Text("Hết hiệu lực từ phiên bản", "Ended with revision"),
    "note": Text("Ghi chú", "Note"),
    "name": Text("Tên", "Name"),
    "email": Text("Thư điện tử", "E-mail"),
    "role": Text("Vai trò", "Role"),
    "active": Text("Đang hoạt động", "Active"),
    "password_hash": Text("Mật khẩu", "Password"),
    "totp_secret": Text("Mã xác thực hai bước", "Second step of signing in"),
    "totp_since": Text("Bật xác thực hai bước lúc", "Second step since"),
    "recovery_hashes": Text("Mã khôi phục", "Recovery codes"),
    "token_hash": Text("Liên kết", "Link"),
    "purpose": Text("Mục đích", "Purpose"),
    "expires_at": Text("Hiệu lực đến", "Good until"),
    "parent_code": Text("Thuộc khu", "Part of"),
    "communes": Text("Xã, phường", "Communes and wards"),
    "country": Text("Quốc gia", "Country"),
    "contact": Text("Liên hệ", "Contact"),
    "value": Text("Giá trị", "Value"),
    "key": Text("Tên thiết lập", "Setting"),
    "title": Text("Tiêu đề", "Title"),
    "kind": Text("Loại", "Kind"),
    "decided_by": Text("Người quyết định", "Decided by"),
    "decided_at": Text("Thời điểm quyết định", "Decided at"),
    "reason": Text("Lý do", "Reason"),
    "number": Text("Số", "Number"),
    "held_on": Text("Ngày họp", "Held on"),
    "place": Text("Địa điểm", "Place"),
    "agenda": Text("Chương trình", "Agenda"),
    "selection": Text("Bộ lọc", "Filter"),
    "sample": Text("Dữ liệu mẫu", "Sample data"),
    "organisation": Text("Tổ chức", "Organisation"),
    "phone": Text("Điện thoại", "Telephone"),
    "message": Text("Nội dung", "Message"),
    "language": Text("Ngôn ngữ", "Language"),
    "received_at": Text("Nhận lúc", "Received"),
    "consent_at": Text("Đồng ý lúc", "Consented"),
    "delete_after": Text("Xóa sau ngày", "Delete after"),
    "state": Text("Trạng thái", "State"),
    "old_code": Text("Mã cũ", "Old code"),
    "size_bytes": Text("Dung lượng (byte)", "Size (bytes)"),
    "media_type": Text("Loại tệp", "Media type"),
    "undone_revision": Text("Hoàn tác ở phiên bản", "Undone by revision"),
    "lon": Text("Kinh độ", "Longitude"),
    "lat": Text("Vĩ độ", "Latitude"),
}
# what only the program needs
HIDDEN = frozenset(
    {"project_id", "name_folded", "created_at", "source_revision", "revision", "lock_version", "detail", "stored_at"}
)
GONE = Text("không còn trong cơ sở dữ liệu", "no longer in the database")
YES_NO = {True: Text("có", "yes"), False: Text("không", "no")}
SHAPES = {
    "Point": Text("một điểm", "a point"),
    "MultiPoint": Text("nhiều điểm", "several points"),
    "LineString": Text("một đường", "a line"),
    "MultiLineString": Text("nhiều đường", "several lines"),
    "Polygon": Text("một vùng", "an area"),
    "MultiPolygon": Text("nhiều vùng", "several areas"),
    "GeometryCollection": Text("nhiều hình", "several shapes"),
}
DATES = frozenset(
    {"status_as_of", "cod_first_planned", "cod_latest_planned", "cod_actual", "cod_planned", "planned", "actual",
     "dated", "issued_on", "due", "done_on", "last_checked", "held_on", "delete_after"}
)  # fmt: skip
NO_NUMBER = frozenset({"number", "invest_year", "year"})
PLACE_FIELDS = frozenset({"province_code", "former_province_code", "zone_code"})
_ROLES: dict[str, Any] = {
    term.code: term for vocabulary in (statuses.ROLES_OF_PARTIES, ROLES) for term in vocabulary
}
_PURPOSES: dict[str, Any] = {
    "invitation": Term("invitation", Text("mời người mới", "invitation")),
    "reset": Term("reset", Text("đặt lại mật khẩu", "reset of the password")),
}
VOCABULARIES: dict[str, Vocabulary[Any] | dict[str, Any]] = {
    "status": statuses.STATUSES,
    "land_status": statuses.LAND_STATUSES,
    "confidence": statuses.CONFIDENCES,
    "technology": technologies.TECHNOLOGIES,
    "relation": statuses.RELATIONS,
    "accuracy": statuses.ACCURACIES,
    "stage": statuses.STAGES,
    "kind": statuses.PROJECT_RELATIONS,
    "public_precision": statuses.PRECISIONS,
    "selection_form": statuses.SELECTION_FORMS,
    "review_state": statuses.REVIEW_STATES,
    "licence": LICENCES,
    "role": _ROLES,
    "purpose": _PURPOSES,
}
