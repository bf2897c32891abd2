"""Words of the plan registry: kinds of list, how a table is counted, what a check code or a note means."""

from __future__ import annotations

from .text import Text
from .vocabulary import Term, Vocabulary

LIST_KINDS: Vocabulary[Term] = Vocabulary(
    "list_kind",
    Term("listed", Text("Nêu tên trong danh mục", "Listed")),
    Term(
        "backup",
        Text("Dự phòng", "Backup"),
        Text(
            "Chỉ thực hiện khi được chấp thuận thay thế nguồn chậm tiến độ hoặc khi nhu cầu tăng đột biến.",
            "Only if approved to replace late sources or to meet a sudden rise of demand.",
        ),
    ),
    Term(
        "potential",
        Text("Tiềm năng", "Potential"),
        Text(
            "Vị trí hoặc dự án tiềm năng; chưa phải danh mục đầu tư.",
            "A potential site or project; not a list for investment.",
        ),
    ),
    Term(
        "stopped",
        Text("Đã dừng", "Stopped"),
        Text(
            "Nhà đầu tư đề nghị dừng hoặc hợp đồng đã chấm dứt.",
            "The investor asked to stop, or the contract was ended.",
        ),
    ),
)

COUNTINGS: Vocabulary[Term] = Vocabulary(
    "plan_counting",
    Term("named", Text("Trừ vào phân bổ", "Counts against the allocation")),
    Term("beside", Text("Trình bày bên cạnh, không trừ", "Shown beside, not subtracted")),
    Term("earlier", Text("Đã duyệt trước, không trừ", "Approved earlier, never subtracted")),
    Term("contained", Text("Đã nằm trong bảng khác", "Contained in another table")),
    Term("list", Text("Danh mục, không có phân bổ tương ứng", "A list without an allocation")),
)

# What Appendix II and other tables call the parts of a technology they allot; other plans may bring others.
SUBSETS: Vocabulary[Term] = Vocabulary(
    "plan_subset",
    Term("small_hydro", Text("Thủy điện nhỏ", "Small hydropower")),
    Term("hydro_30_to_under_50", Text("Thủy điện từ 30 đến dưới 50 MW", "Hydropower of 30 to under 50 MW")),
    Term("concentrated", Text("Điện mặt trời tập trung", "Concentrated solar")),
    Term("onshore_and_nearshore", Text("Điện gió trên bờ và gần bờ", "Onshore and nearshore wind")),
)

CHECKS: Vocabulary[Term] = Vocabulary(
    "plan_check",
    Term("also_in_T17", Text("cũng có trong Bảng 17", "also in Table 17")),
    Term("also_in_T18", Text("cũng có trong Bảng 18", "also in Table 18")),
    Term("contract_terminated", Text("ghi chú: hợp đồng BOT đã chấm dứt", "note: BOT contract ended")),
    Term("stop_requested", Text("ghi chú: nhà đầu tư đề nghị dừng", "note: the investor asked to stop")),
    Term("difficulty_list", Text("danh sách gặp khó khăn (Bảng 4)", "list of plants with obstacles (Table 4)")),
    Term("export", Text("xuất khẩu, ngoài tổng trong nước", "export, outside the domestic totals")),
    Term(
        "head_in_mw_column",
        Text(
            "số của tỉnh in ở cột công suất, đọc là 2025–2030",
            "head printed in the MW column, read as 2025–2030",
        ),
    ),
    Term(
        "head_mismatch",
        Text("tổng của tỉnh khác tổng các dòng", "the province head differs from the sum of its rows"),
    ),
    Term("in_operation_per_note", Text("ghi chú: đã vận hành", "note: already in operation")),
    Term("mw_missing", Text("văn bản không ghi công suất", "MW not printed")),
    Term("period_missing", Text("văn bản không ghi giai đoạn", "period not printed")),
    Term("name_fixed", Text("tên đã sửa lỗi dịch", "name corrected from the translation")),
    Term("name_suspect", Text("tên có thể sai, giữ như in", "name looks wrong, kept as printed")),
    Term("one_value_only", Text("chỉ một số, không chia giai đoạn", "one figure, not split by period")),
    Term("period_not_split", Text("một số cho cả hai giai đoạn", "one figure for both periods")),
    Term(
        "region_total_only",
        Text("2031–2035 chỉ có số của cả vùng", "2031–2035: one figure for the region only"),
    ),
    Term("possible_duplicate", Text("có thể in trùng", "possibly printed twice")),
    Term("province_inferred", Text("tỉnh suy từ tên địa danh", "province set from the place name")),
    Term("province_name_fixed", Text("tên tỉnh đã sửa lỗi dịch", "province name corrected")),
    Term("province_open", Text("văn bản để ngỏ tỉnh", "the source leaves the province open")),
    Term("row_no_by_order", Text("số thứ tự theo thứ tự dòng", "row number by order, not read")),
    Term("split_mw", Text("công suất chia theo giai đoạn ngay trong dòng", "MW split by period in the row")),
    Term("tech_unclear", Text("chưa rõ trên bờ hay gần bờ", "onshore or nearshore not clear")),
    Term("under_res_233", Text("thuộc Nghị quyết 233/NQ-CP", "under Resolution 233/NQ-CP")),
    Term(
        "uprate_total",
        Text("tổng công suất sau khi nâng, không phải phần tăng thêm", "total after uprating, not the added MW"),
    ),
    Term("stated_only_under_T1_and_T6", Text("chỉ ghi dưới Bảng 1 và 6", "stated under Tables 1 and 6 only")),
    Term("wrong_table_reference_in_source", Text("văn bản dẫn sai số bảng", "the source names the wrong table")),
    Term(
        "our_reading",
        Text("cách tính của hệ thống, suy từ văn bản", "our way of counting, drawn from the text"),
    ),
)

# Remarks on a figure of the board; what stands in braces is filled in the reader's language.
NOTES: Vocabulary[Term] = Vocabulary(
    "plan_note",
    Term(
        "region_only",
        Text(
            "Văn bản chỉ cho một số chung của {area}: {mw} MW; không chia cho từng tỉnh.",
            "The plan gives one figure for the whole region {area}: {mw} MW; not divided among provinces.",
        ),
    ),
    Term(
        "includes_region",
        Text(
            "Gồm {mw} MW giao chung cho {area}, không chia theo tỉnh.",
            "Includes {mw} MW given to the region {area} as one figure.",
        ),
    ),
    Term(
        "head_differs",
        Text(
            "{area}: số in là {mw} MW, tổng các tỉnh là {other_mw} MW; giữ nguyên cả hai.",
            "{area}: {mw} MW printed, {other_mw} MW as the sum of provinces; both are kept.",
        ),
    ),
    Term(
        "list_head_differs",
        Text(
            "{area}: tổng in ở đầu danh mục là {mw} MW, cộng các dòng được {other_mw} MW.",
            "{area}: {mw} MW printed at the head of the list, {other_mw} MW as the sum of its rows.",
        ),
    ),
    Term(
        "unsplit",
        Text(
            "{rows} dòng, {mw} MW, giai đoạn {period} nằm trên cả hai giai đoạn: không chia, không trừ.",
            "Rows with the period {period}, which covers both: {rows} ({mw} MW); not divided, not subtracted.",
        ),
    ),
    Term(
        "without_period",
        Text(
            "{rows} dòng, {mw} MW, văn bản không ghi giai đoạn: không trừ.",
            "Rows without a printed period: {rows} ({mw} MW); not subtracted.",
        ),
    ),
    Term(
        "exceeds_rows",
        Text(
            "Các dự án liên kết có tổng {mw} MW, nhiều hơn {other_mw} MW ghi ở các dòng của chúng trong quy hoạch.",
            "The linked projects have {mw} MW together, more than the {other_mw} MW printed in their rows.",
        ),
    ),
    Term(
        "one_value",
        Text(
            "Văn bản chỉ in một số ở cột giai đoạn đầu; không chia.",
            "The plan prints one figure, in the first period's column; it is not divided.",
        ),
    ),
    Term(
        "beside_rows",
        Text(
            "Phần còn lại chưa trừ {rows} dòng ({mw} MW) trình bày bên cạnh, nên có thể nhỏ hơn.",
            "Rows shown beside and not subtracted: {rows} ({mw} MW); what is left may be smaller.",
        ),
    ),
    Term(
        "duplicate",
        Text(
            "Trong đó {rows} dòng ({mw} MW) có thể in trùng trong văn bản; vẫn tính đủ như in.",
            "Rows perhaps printed twice in the plan: {rows} ({mw} MW); all are counted as printed.",
        ),
    ),
    Term("part_missing", Text("{area}: văn bản không ghi số.", "{area}: no figure printed.")),
    Term(
        "mw_unknown",
        Text(
            "{rows} dự án liên kết chưa có công suất nên chưa tính.",
            "Linked projects without a capacity, not counted: {rows}.",
        ),
    ),
    Term(
        "period_open",
        Text(
            "{rows} dự án gắn với cả hai giai đoạn của phân bổ: chưa trừ vào giai đoạn nào.",
            "Projects tied to both periods of the allocation, subtracted from neither yet: {rows}.",
        ),
    ),
    Term(
        "existing",
        Text(
            "{rows} nhà máy vận hành trước quyết định ({mw} MW): không trừ vào phần tăng thêm.",
            "Plants that ran before the decision: {rows} ({mw} MW); not subtracted from what is added.",
        ),
    ),
)


def checks(codes: str | None) -> tuple[Term, ...]:
    """Return the terms of check codes joined with `;`; a code that is not known stands for itself."""
    return tuple(CHECKS.get(code) or Term(code, Text(code, code)) for code in (codes or "").split(";") if code)
