/* SPDX-License-Identifier: MIT
 *
 * Here we wrap vfork(2), which no C function can: it returns twice on one stack, and the child
 * tramples the frame that the parent returns to. So the return address waits in thread-local
 * storage (struct vfork_frames of thread.h), which parent and child share, on a little stack of
 * its own: a vfork child may vfork again. While its depth is not 0 this thread runs a vfork
 * child, whose descriptors are not those of the table's process: wrappers leave the table alone.
 * The parent runs again only once the child has gone, and takes its own address off the stack,
 * so the depth is right without a single system call.
 *
 * No shadow-stack note on purpose: the jumps below would break one, and without the note the
 * loader switches shadow stacks off for the process.
 */
#if defined(__x86_64__)

#define DEPTH_MAX 8		/* VFORK_DEPTH_MAX of thread.h */
#define VFORK_QUIET 72		/* offset of struct vfork_frames' quiet */

	.text
	.globl	vfork
	.type	vfork, @function
	.globl	__vfork
	.type	__vfork, @function
	.p2align 4
vfork:
__vfork:
	.cfi_startproc
	cmpq	$0, real_vfork(%rip)
	je	.Lresolve
.Lready:
	movq	fork_mark(%rip), %rsi
	cmpl	$0, (%rsi)
	je	.Lforked			/* counted up, it would say that all is quiet */
.Lsettled:
	movq	vfork_frames@gottpoff(%rip), %rdx
	movq	%fs:(%rdx), %rax		/* depth */
	cmpq	$DEPTH_MAX, %rax
	jae	.Ltoo_deep
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_undefined %rip			/* it is in thread-local storage now */
	incq	%fs:(%rdx)
	movq	fork_mark(%rip), %rsi
	lock incl (%rsi)			/* every thread looks twice from here on */
	movq	%rcx, %fs:8(%rdx,%rax,8)	/* frames[depth++] = return address */
	call	*real_vfork(%rip)
	movq	vfork_frames@gottpoff(%rip), %rdx
	movq	%fs:(%rdx), %rcx
	testl	%eax, %eax
	jz	.Lchild
	decq	%fs:(%rdx)			/* parent, also of a vfork that failed */
	movq	fork_mark(%rip), %rsi
	lock decl (%rsi)
	movb	$0, %fs:VFORK_QUIET(%rdx)	/* a filter of the child was the child's */
.Lchild:
	jmp	*%fs:(%rdx,%rcx,8)		/* frames[depth - 1] */
	.cfi_endproc

.Lresolve:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	call	resolve_calls
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	jmp	.Lready
.Lforked:
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	call	table_settle
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	movq	fork_mark(%rip), %rsi
	cmpl	$0, (%rsi)
	jne	.Lsettled
.Ltoo_deep:
	jmp	*real_vfork(%rip)
	.cfi_endproc
	.size	vfork, . - vfork
	.size	__vfork, . - __vfork

#endif
	.section .note.GNU-stack, "", @progbits
